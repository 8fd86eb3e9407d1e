package dev.realtime.service.identity.keys;

import static dev.realtime.service.identity.keys.JwksServer.jwk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyLocationTest {

    private final JwksServer server = new JwksServer();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://id.example/keys",
                "https://id.example:8443/keys?x=1",
                "http://127.0.0.1/k",
                "http://127.8.9.1:99/k",
                "http://localhost:8080/",
                "http://[::1]:8080/k",
                "/etc/keys.pem",
                "keys/a.json",
                "keys.pem"
            })
    void isALocation(String text) {
        assertThat(properties(text).locations()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://id.example/keys",
                "http://127.0.0.1.example/keys",
                "http://localhost.example/keys",
                "http://10.0.0.1/keys",
                "http://0x7f000001/keys",
                "http://[::2]/keys",
                "https://user:password@id.example/keys",
                "https:///keys",
                "https://id.example/keys#x",
                "https://id example/keys",
                "HTTP://id.example/keys",
                "ftp://id.example/keys",
                "file:///etc/keys.pem",
                "classpath:keys.pem",
                "htps://id.example/keys",
                "a\0b"
            })
    void isNoLocationAndThePropertyIsNamed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties(text))
                .withMessageMatching("realtime.identity.keys has (a|the) .*")
                .withMessageNotContaining("password@");
    }

    @Test
    void theNumberOfLocationsAndTheIntervalHaveLimits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties(Collections.nCopies(11, "a").toArray(String[]::new)))
                .withMessageContaining("realtime.identity.keys ");
        for (Duration refresh : List.of(Duration.ZERO, Duration.ofMillis(999), Duration.ofHours(25))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new KeyProperties(List.of(), refresh))
                    .withMessageContaining("realtime.identity.keys-refresh");
        }
    }

    @Test
    void aFileIsReadAndItsAbsenceIsWrong(@TempDir Path folder) throws Exception {
        String file = TestKeys.file(folder.resolve("a.pem"), TestKeys.pem(TestKeys.EC.getPublic()));
        assertThat(KeyLocation.of(file).read().keys()).hasSize(1);
        assertThat(failure(folder.resolve("b.pem").toString()).reason()).isEqualTo("there is no such file");
        assertThat(failure(folder.toString()).reason()).isEqualTo("it is not a regular file");
        assertThat(failure("/dev/zero").reason()).isEqualTo("it is not a regular file");
        TestKeys.file(folder.resolve("large"), " ".repeat(300 * 1024));
        assertThat(failure(folder.resolve("large").toString()).reason()).contains("256 KB");
    }

    @Test
    void aUrlIsRead() throws Exception {
        server.serves(jwk("k", TestKeys.EC.getPublic()));
        assertThat(KeyLocation.of(server.url()).read().keys())
                .extracting(VerificationKey::kid)
                .containsExactly("k");
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (JwksServer other = new JwksServer().serves(jwk("k", TestKeys.EC.getPublic()))) {
            server.answers(exchange -> {
                exchange.getResponseHeaders().add("Location", other.url());
                exchange.sendResponseHeaders(302, -1);
            });
            KeysUnreadableException failure = failure(server.url());
            assertThat(failure.reason()).contains("302", "redirects are not followed");
            assertThat(failure.isOutage()).isFalse();
            assertThat(other.asked()).isZero();
        }
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        server.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] blanks = " ".repeat(64 * 1024).getBytes();
            for (int i = 0; i < 10_000; i++) {
                exchange.getResponseBody().write(blanks);
            }
        });
        KeysUnreadableException failure = failure(server.url());
        assertThat(failure.reason()).contains("256 KB");
        assertThat(failure.isOutage()).isFalse();
    }

    /** One byte a second keeps every time-out between two bytes quiet. */
    @Test
    void aTricklingAnswerIsGivenUp() {
        Object never = new Object();
        server.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            synchronized (never) {
                for (int i = 0; i < 60; i++) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                    try {
                        never.wait(200);
                    } catch (InterruptedException e) {
                        return;
                    }
                }
            }
        });
        long began = System.nanoTime();
        KeysUnreadableException failure = failure(server.url());
        assertThat(failure.reason()).contains("5 s");
        assertThat(failure.isOutage()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(9));
    }

    @Test
    void anOutageIsToldFromAMistake() throws Exception {
        for (int status : new int[] {500, 503, 429}) {
            server.answers(JwksServer.status(status));
            assertThat(failure(server.url()).isOutage()).as("%d", status).isTrue();
        }
        for (int status : new int[] {204, 401, 404, 410}) {
            server.answers(JwksServer.status(status));
            KeysUnreadableException failure = failure(server.url());
            assertThat(failure.isOutage()).as("%d", status).isFalse();
            assertThat(failure.reason()).contains("status " + status);
        }
        server.answers(JwksServer.json("<html>"));
        assertThat(failure(server.url()).isOutage()).isFalse();

        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        KeysUnreadableException refused = failure("http://127.0.0.1:" + free + "/keys");
        assertThat(refused.isOutage()).isTrue();
        assertThat(refused.reason()).contains("ConnectException");
    }

    /** The certificate is nobody's that a JDK trusts. */
    @Test
    void aCertificateThatIsNotTrustedIsWrong(@TempDir Path folder) {
        try (JwksServer tls = JwksServer.withSelfSignedCertificate(folder)) {
            tls.serves(jwk("k", TestKeys.EC.getPublic()));
            KeysUnreadableException failure = failure(tls.url());
            assertThat(failure.reason()).contains("not accepted");
            assertThat(failure.isOutage()).isFalse();
            assertThat(tls.asked()).isZero();
        }
    }

    @Test
    void itsTextIsWithoutTheQuery() {
        assertThat(KeyLocation.of("https://id.example:8443/keys?secret=x").toString())
                .isEqualTo("https://id.example:8443/keys");
    }

    private static KeyProperties properties(String... keys) {
        return new KeyProperties(List.of(keys), Duration.ofMinutes(5));
    }

    private static KeysUnreadableException failure(String location) {
        return catchThrowableOfType(
                KeysUnreadableException.class, () -> KeyLocation.of(location).read());
    }
}
