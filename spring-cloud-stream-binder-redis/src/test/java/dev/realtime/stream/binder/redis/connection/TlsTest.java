package dev.realtime.stream.binder.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.Certificates;
import dev.realtime.stream.binder.redis.support.Readme;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS with an authority of one's own, and a password: alone, and as a Redis Cluster. */
class TlsTest {

    @TempDir
    private static Path folder;

    private static Certificates certificates;

    private static RedisProcess redis;
    private static int port;

    private static final String PASSWORD = "spring.data.redis.password=secret";

    @BeforeAll
    static void start() {
        certificates = Certificates.in(folder);
        port = RedisProcess.freePort();
        List<String> settings = new ArrayList<>(RedisProcess.clusterSettings());
        settings.addAll(List.of("--tls-port", "" + port, "--tls-cluster", "yes", "--tls-auth-clients", "no"));
        settings.addAll(List.of("--tls-ca-cert-file", certificates.authority().toString()));
        settings.addAll(List.of("--tls-cert-file", certificates.certificate().toString()));
        settings.addAll(List.of("--tls-key-file", certificates.key().toString()));
        redis = RedisProcess.withTls(settings);
        redis.addSlots(0, 16383);
        await().until(() -> redis.command("CLUSTER", "INFO").contains("cluster_state:ok"));
        redis.command("CONFIG", "SET", "requirepass", "secret");
    }

    @AfterAll
    static void stop() {
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    void byProperties() {
        try (var app = TestApplication.start(
                port, with(Readme.properties("TLS, an authority of your own", authority()), PASSWORD))) {
            app.send("m");
            await().until(() -> app.payloads().contains("m"));
        }
    }

    @Test
    void byVariables() {
        try (var app = TestApplication.start(
                Readme.variables("TLS, an authority of your own", authority()), List.of(), port, PASSWORD)) {
            app.send("v");
            await().until(() -> app.payloads().contains("v"));
        }
    }

    @Test
    void asAClusterByVariables() {
        try (var app = TestApplication.start(
                Map.of(
                        "SPRING_DATA_REDIS_CLUSTER_NODES",
                        "127.0.0.1:" + port,
                        "SPRING_DATA_REDIS_PASSWORD",
                        "secret",
                        "SPRING_DATA_REDIS_SSL_BUNDLE",
                        "redis",
                        "SPRING_SSL_BUNDLE_PEM_REDIS_TRUSTSTORE_CERTIFICATE",
                        "file:" + certificates.authority()),
                List.of(),
                port)) {
            app.send("n");
            await().until(() -> app.payloads().contains("n"));
        }
    }

    @Test
    void anUnknownAuthorityIsRefused() {
        try (var app = TestApplication.start(
                port, with(Readme.properties("TLS, an authority that Java knows", Map.of()), PASSWORD))) {
            assertThatThrownBy(() -> app.send("m")).hasStackTraceContaining("SSLHandshakeException");
            assertThat(app.subscription().isConnected()).isFalse();
        }
        try (var app = TestApplication.start(
                Readme.variables("TLS, an authority that Java knows", Map.of()), List.of(), port, PASSWORD)) {
            assertThatThrownBy(() -> app.send("m")).hasStackTraceContaining("SSLHandshakeException");
        }
    }

    private static Map<String, String> authority() {
        return Map.of("file:/etc/redis/ca.pem", "file:" + certificates.authority());
    }

    private static String[] with(String[] settings, String more) {
        return Stream.concat(Stream.of(settings), Stream.of(more)).toArray(String[]::new);
    }
}
