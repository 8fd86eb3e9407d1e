package dev.realtime.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoMainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path empty;

    private int run(Map<String, String> environment, String... arguments) {
        return DemoMain.run(
                List.of(arguments), environment, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    @Test
    void printsHelpAndExitsWithZero() {
        assertThat(run(Map.of(), "--operators", "0", "--help")).isZero();
        assertThat(out.toString(UTF_8)).startsWith("Usage:").contains("--operators", "--rate", "--minutes");
    }

    @Test
    void exitsWithTwoAndOneLineOnAWrongArgument() {
        assertThat(run(Map.of(), "--operators", "0")).isEqualTo(2);
        assertThat(err.toString(UTF_8).lines())
                .containsExactly("--operators must be a number from 1 to 200, not \"0\".");
        assertThat(out.size()).isZero();
    }

    @Test
    void exitsWithTwoAndOneLineOnAMissingSecret() {
        assertThat(run(Map.of("REALTIME_DATA_DIR", empty.toString()))).isEqualTo(2);
        assertThat(err.toString(UTF_8).lines())
                .containsExactly("JWT_SECRET is not set, and the file " + empty.resolve("jwt-secret")
                        + " is missing, empty " + "or unreadable.");
    }
}
