package dev.realtime.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.Jwts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    private static final String SECRET = "a-secret-of-the-data-folder-that-is-long-enough";

    @TempDir
    Path dataDir;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void keepSecret() throws IOException {
        Files.writeString(dataDir.resolve("jwt-secret"), SECRET + "\n");
    }

    @Test
    void aTokenSaysWhatWasAskedForAndIsSignedWithTheFoldersSecret() {
        assertThat(run("token --role operator --id 17 --name Анна --login anna --cities Саратов,Энгельс --ttl 2h"))
                .isZero();
        Jws<Claims> token = parse();
        Claims claims = token.getPayload();
        assertThat(token.getHeader().getAlgorithm()).isEqualTo("HS256");
        assertThat(claims.getSubject()).isEqualTo("17");
        assertThat(claims.get("userId")).isEqualTo(17);
        assertThat(claims.get("role")).isEqualTo("operator");
        assertThat(claims.get("name")).isEqualTo("Анна");
        assertThat(claims.get("login")).isEqualTo("anna");
        assertThat(claims.get("cities")).isEqualTo(List.of("Саратов", "Энгельс"));
        assertThat(Duration.between(
                        claims.getIssuedAt().toInstant(), claims.getExpiration().toInstant()))
                .isEqualTo(Duration.ofHours(2));
        assertThat(claims.getIssuedAt().toInstant()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void onlyPlainDigitsAreANumber() {
        run("token --role=director --id=007");
        assertThat(parse().getPayload().get("userId")).isEqualTo("007");
    }

    @Test
    void aNumberOfAnySizeKeepsItsDigits() {
        run("token --role=director --id=123456789012345678901234567890");
        assertThat(parse().getPayload().get("userId").toString()).isEqualTo("123456789012345678901234567890");
    }

    @Test
    void withoutASecretThereIsNoTokenAndNothingIsMade() throws IOException {
        Files.delete(dataDir.resolve("jwt-secret"));
        assertThat(run("token --role operator --id 17")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("JWT_SECRET is not set")
                .hasLineCount(1);
        assertThat(Files.list(dataDir)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token --id 17",
                "token --role operator",
                "token --role operator --id",
                "token --role operator --id 17 --color red",
                "token --role operator --id 17 --id 18",
                "token --role operator --id 17 extra",
                "token --role operator --id 17 --ttl 0h",
                "token --role operator --id 17 --ttl 1y",
                "token --role operator --id 17 --ttl 367d",
                "token --role operator --id 17 --cities ,",
                "token --role operator --id 17 --name \uFFFD\uFFFD",
                "redis",
                "redis dance",
                "tokne"
            })
    void whatMakesNoSenseGetsOneSentence(String command) {
        assertThat(run(command)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).hasLineCount(1).contains("--help");
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"token --help", "redis --help", "--help"})
    void helpIsHelp(String command) {
        assertThat(run(command)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: java -jar realtime-service.jar");
    }

    @Test
    void everythingElseIsTheService() {
        assertThat(Commands.run()).isNull();
        assertThat(Commands.run("--realtime.port=0")).isNull();
    }

    @Test
    void redisByItselfIsStartedFoundAndEnded() {
        assertThat(run("redis status")).isEqualTo(1);
        assertThat(run("redis start")).isZero();
        assertThat(run("redis status")).isZero();
        assertThat(run("redis start")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("already running");
        assertThat(run("redis stop")).isZero();
        assertThat(run("redis status")).isEqualTo(1);
    }

    private Integer run(String command) {
        var arguments = new ArrayList<>(List.of(command.split(" ")));
        if (arguments.size() > 1 && !command.contains("--help")) {
            arguments.add(arguments.getFirst().equals("token") ? 1 : arguments.size(), "--data-dir=" + dataDir);
        }
        return Commands.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments.toArray(String[]::new));
    }

    private Jws<Claims> parse() {
        return Jwts.parser()
                .verifyWith(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"))
                .build()
                .parseSignedClaims(out.toString(StandardCharsets.UTF_8).strip());
    }
}
