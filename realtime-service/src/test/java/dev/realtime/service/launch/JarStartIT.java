package dev.realtime.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.devredis.EmbeddedRedis;
import dev.realtime.devredis.RunningRedis;
import dev.realtime.launch.DataFolder;
import io.jsonwebtoken.Jwts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** The packaged jar, started as its users start it. */
class JarStartIT {

    private static final String SECRET = "integration-test-secret-of-enough-bytes";
    private static final String TOKEN = "integration-test-token";

    @TempDir
    Path directory;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(directory.resolve("work"));
    }

    @AfterEach
    void endWhateverRuns() throws IOException {
        if (Files.isDirectory(folder.resolve("data"))) {
            EmbeddedRedis.stopDetached(data());
        }
    }

    @Test
    void aWrongConfigurationIsAShortTextThatNamesEveryVariable() throws Exception {
        try (var service = ServiceProcess.start(
                folder,
                Map.of(
                        "PORT", "http",
                        "JWT_SECRET", "your-secret",
                        "WEBHOOK_TOKEN", "your-webhook-secret",
                        "CORS_ORIGIN", "*",
                        "REDIS_HOST", "redis",
                        "REDIS_PORT", "-1",
                        "REDIS_PASSWORD", ""))) {
            assertThat(service.awaitExit()).isEqualTo(1);
            assertThat(service.output().lines())
                    .hasSize(6)
                    .satisfiesExactly(
                            line -> assertThat(line).isEqualTo("realtime-service does not start:"),
                            line -> assertThat(line).startsWith("  - PORT must be"),
                            line -> assertThat(line).startsWith("  - CORS_ORIGIN has the entry \"*\""),
                            line -> assertThat(line).startsWith("  - JWT_SECRET is a publicly known placeholder"),
                            line -> assertThat(line).startsWith("  - WEBHOOK_TOKEN is a publicly known placeholder"),
                            line -> assertThat(line).startsWith("  - REDIS_PORT must be"));
            assertThat(service.output()).doesNotContain("your-secret").doesNotContain("your-webhook-secret");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void productionRefusesTheEmbeddedRedisAndWritesNothing() throws Exception {
        try (var service = ServiceProcess.start(folder, Map.of("SPRING_PROFILES_ACTIVE", "production"))) {
            assertThat(service.awaitExit()).isEqualTo(1);
            assertThat(service.output())
                    .hasLineCount(2)
                    .contains("REDIS_HOST must be set in profile production")
                    .doesNotContain("\tat ");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void withARedisAndBothSecretsNothingIsWritten() throws Exception {
        int port = freePort();
        var redis = RedisServer.builder().port(port).setting("bind 127.0.0.1").build();
        redis.start();
        try (var service = ServiceProcess.serve(
                folder,
                Map.of(
                        "REDIS_HOST",
                        "127.0.0.1",
                        "REDIS_PORT",
                        Integer.toString(port),
                        "REDIS_PASSWORD",
                        "",
                        "JWT_SECRET",
                        SECRET,
                        "WEBHOOK_TOKEN",
                        TOKEN))) {
            service.awaitStarted().stop();
            assertThat(service.output()).doesNotContain(SECRET).doesNotContain(TOKEN);
        } finally {
            redis.stop();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aKilledServicesRedisServesItsSuccessorsAndEndsWithTheLast() throws Exception {
        try (var killed = ServiceProcess.serve(folder, Map.of()).awaitStarted()) {
            assertThat(killed.output().lines().filter(line -> line.contains("JWT_SECRET")))
                    .singleElement()
                    .asString()
                    .contains(" WARN ")
                    .contains("JWT_SECRET, WEBHOOK_TOKEN, ADMIN_API_SECRET not set");
            assertThat(killed.output())
                    .doesNotContain(Objects.requireNonNull(data().read("jwt-secret")))
                    .doesNotContain(Objects.requireNonNull(data().read("webhook-token")))
                    .doesNotContain(running().password());
            assertOwnersAlone(folder.resolve("data"));
            killed.kill();
        }
        RunningRedis left = running();

        try (var first = ServiceProcess.serve(folder, Map.of());
                var second = ServiceProcess.serve(folder, Map.of())) {
            first.awaitStarted();
            second.awaitStarted();
            assertThat(first.output()).contains("found an embedded Redis at " + left);
            assertThat(second.output()).contains("found an embedded Redis at " + left);

            first.stop();
            assertThat(running().pid()).isEqualTo(left.pid());
            assertThat(second.alive()).isTrue();

            second.stop();
            assertThat(ProcessHandle.of(left.pid()).filter(ProcessHandle::isAlive))
                    .isEmpty();
        }
    }

    @Test
    void aStartThatFailsLaterEndsItsRedisToo() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var service = ServiceProcess.start(
                        folder,
                        Map.of("PORT", Integer.toString(taken.getLocalPort())),
                        "--realtime.bind-address=127.0.0.1")) {
            assertThat(service.awaitExit()).isEqualTo(1);
            assertThat(service.output())
                    .contains("started an embedded Redis")
                    .contains("PORT " + taken.getLocalPort() + " is already in use");
        }
        assertThat(EmbeddedRedis.find(data())).isNull();
        assertThat(folder.resolve("data/redis/redis.pid")).doesNotExist();
    }

    @Test
    void aTokenOfTheCommandIsSignedWithTheServicesSecret() throws Exception {
        try (var command = ServiceProcess.start(
                folder,
                Map.of("JWT_SECRET", SECRET, "LC_ALL", "C.UTF-8"),
                "token",
                "--role=operator",
                "--id=17",
                "--name=Анна",
                "--cities=Саратов")) {
            assertThat(command.awaitExit()).isZero();
            var claims = Jwts.parser()
                    .verifyWith(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"))
                    .build()
                    .parseSignedClaims(command.output().strip())
                    .getPayload();
            assertThat(claims.get("name")).isEqualTo("Анна");
        }
        assertThat(folder).isEmptyDirectory();
    }

    private DataFolder data() {
        return DataFolder.existing(folder.resolve("data"));
    }

    private RunningRedis running() throws IOException {
        return Objects.requireNonNull(EmbeddedRedis.find(data()), "no Redis runs");
    }

    /** Folder and secrets; below {@code redis} Redis decides, behind a closed folder. */
    private static void assertOwnersAlone(Path data) throws IOException {
        assertThat(permissions(data)).isEqualTo("rwx------");
        try (Stream<Path> entries = Files.list(data)) {
            for (Path entry : entries.toList()) {
                assertThat(permissions(entry))
                        .as(entry.toString())
                        .isEqualTo(Files.isDirectory(entry) ? "rwx------" : "rw-------");
            }
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
