package dev.realtime.stream.binder.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.Certificates;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS with an authority of one's own, and a password: alone by properties, and as a Redis Cluster by variables. */
class TlsTest {

    @TempDir
    private static Path folder;

    private static Certificates certificates;

    private static RedisProcess redis;
    private static int port;

    @BeforeAll
    static void start() {
        certificates = Certificates.in(folder);
        port = RedisProcess.freePort();
        redis = RedisProcess.with(
                RedisProcess.clusterSettings(),
                "--tls-port",
                "" + port,
                "--tls-cluster",
                "yes",
                "--tls-auth-clients",
                "no",
                "--tls-ca-cert-file",
                certificates.authority().toString(),
                "--tls-cert-file",
                certificates.certificate().toString(),
                "--tls-key-file",
                certificates.key().toString());
        redis.command("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
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
                port,
                "spring.data.redis.password=secret",
                "spring.data.redis.ssl.bundle=redis",
                "spring.ssl.bundle.pem.redis.truststore.certificate=file:" + certificates.authority())) {
            app.send("m");
            await().until(() -> app.payloads().contains("m"));
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
                port, "spring.data.redis.password=secret", "spring.data.redis.ssl.enabled=true")) {
            assertThatThrownBy(() -> app.send("m")).hasStackTraceContaining("SSLHandshakeException");
            assertThat(app.subscription().isConnected()).isFalse();
        }
    }
}
