package dev.realtime.console.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class HashPasswordCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void hashesTheLineWithACostOfTwelve() {
        assertThat(run("пароль из кириллицы\n", "hash-password")).isZero();
        String hash = out.toString(StandardCharsets.UTF_8).strip();
        assertThat(hash).startsWith("$2a$12$").hasSize(60);
        assertThat(new BCryptPasswordEncoder().matches("пароль из кириллицы", hash))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eleven-char\n", "ппппппппппппппппппппппппппппппппппппп\n"})
    void refusesPasswordsThatAreTooShortOrTooLong(String line) {
        assertThat(run(line, "hash-password")).isEqualTo(1);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("A password must have");
    }

    @Test
    void reportsUnknownCommands() {
        assertThat(run("", "hash-pasword")).isEqualTo(2);
        assertThat(run("", "hash-password", "secret")).isEqualTo(2);
        assertThat(run("", "--help")).isZero();
    }

    @Test
    void propertiesServe() {
        assertThat(run("", "--server.port=0")).isNull();
        assertThat(run("")).isNull();
    }

    private Integer run(String in, String... arguments) {
        return HashPasswordCommand.run(
                null,
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
    }
}
