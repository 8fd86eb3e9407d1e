package dev.realtime.service.identity.keys;

import static dev.realtime.service.identity.keys.JwksServer.jwk;
import static dev.realtime.service.identity.keys.JwksServer.status;
import static dev.realtime.service.identity.keys.TestKeys.EC;
import static dev.realtime.service.identity.keys.TestKeys.ED;
import static dev.realtime.service.identity.keys.TestKeys.RSA;
import static dev.realtime.service.identity.keys.TestKeys.file;
import static dev.realtime.service.identity.keys.TestKeys.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TokenKeysTest {

    private static final String FIRST = jwk("first", EC.getPublic());
    private static final String SECOND = jwk("second", ED.getPublic());

    @TempDir
    Path folder;

    private final JwksServer server = new JwksServer();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theKeysOfAllLocationsAreThereAtOnce() {
        server.serves(FIRST, SECOND);
        String file = file(folder.resolve("rsa.pem"), pem(RSA.getPublic()));
        TokenKeys keys = TestKeys.of(metrics, Duration.ZERO, file, server.url());
        assertThat(kids(keys)).containsExactly(TestKeys.thumbprint(RSA.getPublic()), "first", "second");
        assertThat(gauge("usable")).isEqualTo(3);
        assertThat(gauge("unreadable")).isZero();
        assertThat(keys.problems()).isEmpty();
    }

    @Test
    void withoutLocationsThereIsNothingToDo() {
        TokenKeys keys = TestKeys.of();
        assertThat(keys.isConfigured()).isFalse();
        assertThat(keys.renewed()).isEqualTo(KeySet.EMPTY);
        keys.start();
        assertThat(keys.isRunning()).isFalse();
    }

    @Test
    void whatIsWrongStopsTheStartAndAllOfItIsNamed() {
        String absent = folder.resolve("absent.pem").toString();
        String leaked = file(folder.resolve("leaked.pem"), pem("PRIVATE KEY", RSA.getPrivate()));
        String secret = file(folder.resolve("oct.json"), "{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}");
        server.answers(status(404));
        KeysRefusedException refused = catchThrowableOfType(
                KeysRefusedException.class, () -> TestKeys.of(absent, leaked, secret, server.url()));
        assertThat(refused.getMessage().split("\n"))
                .hasSize(4)
                .allMatch(line -> line.startsWith("realtime.identity.keys names "));
        assertThat(refused)
                .hasMessageContaining(absent + ", which cannot be read: there is no such file")
                .hasMessageContaining(leaked + ", which cannot be read: it has a private key")
                .hasMessageContaining(secret + ", which has no key to verify tokens with: key 1 is symmetric")
                .hasMessageContaining(server.url() + ", which cannot be read: the response has status 404");
        assertThat(refused.getMessage()).doesNotContain("c2VjcmV0", "BEGIN");
    }

    @Test
    void anOutageDoesNotStopTheStartAndItsKeysComeLater(CapturedOutput output) {
        server.answers(status(503));
        String file = file(folder.resolve("rsa.pem"), pem(RSA.getPublic()));
        TokenKeys keys = TestKeys.of(metrics, Duration.ZERO, Duration.ofSeconds(1), file, server.url());
        assertThat(keys.current().keys()).hasSize(1);
        assertThat(gauge("unreadable")).isEqualTo(1);
        assertThat(keys.problems()).containsExactly("realtime.identity.keys: 1 of 2 locations cannot be read");
        assertThat(output).containsPattern("ERROR.*realtime.identity.keys: " + server.url() + " cannot be read: .*503");
        server.serves(FIRST);
        keys.start();
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> kids(keys).contains("first"));
            assertThat(keys.problems()).isEmpty();
            assertThat(gauge("unreadable")).isZero();
            assertThat(output).contains(server.url() + " can be read again");
        } finally {
            keys.stop();
        }
    }

    @Test
    void theRefreshBringsNewKeysAndTakesRemovedOnesAway(CapturedOutput output) throws Exception {
        server.serves(FIRST);
        Path file = folder.resolve("keys.pem");
        file(file, pem(RSA.getPublic()));
        TokenKeys keys =
                TestKeys.of(metrics, Duration.ofHours(1), Duration.ofSeconds(1), file.toString(), server.url());
        keys.start();
        try {
            server.serves(SECOND);
            // As those do it who never show half a file.
            file(folder.resolve("next"), pem(EC.getPublic()));
            Files.move(folder.resolve("next"), file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(kids(keys)).containsExactly(TestKeys.thumbprint(EC.getPublic()), "second"));
            server.serves();
            await().atMost(Duration.ofSeconds(20)).until(() -> !kids(keys).contains("second"));
            assertThat(output).containsPattern("WARN.*no longer has a key");
        } finally {
            keys.stop();
        }
        int asked = server.asked();
        assertThat(keys.isRunning()).isFalse();
        await().during(Duration.ofMillis(1500)).atMost(Duration.ofSeconds(5)).until(() -> server.asked() == asked);
    }

    @Test
    void whileALocationCannotBeReadItsLastKeysStayAndItIsSaidOnce(CapturedOutput output) {
        server.serves(FIRST);
        Path file = folder.resolve("keys.pem");
        file(file, pem(RSA.getPublic()));
        TokenKeys keys = TestKeys.of(metrics, Duration.ZERO, file.toString(), server.url());
        List<String> before = kids(keys);
        List<JwksServer.Answer> failures =
                List.of(status(500), status(404), JwksServer.json("<html>"), JwksServer.json("{\"keys\":7}"));
        for (JwksServer.Answer failure : failures) {
            server.answers(failure);
            file(file, "");
            assertThat(keys.renewed().keys()).extracting(VerificationKey::kid).isEqualTo(before);
            assertThat(gauge("unreadable")).isEqualTo(2);
        }
        // By their names: another test's reading may still be at its end.
        for (String location : List.of(file.toString(), server.url())) {
            assertThat(output.getAll().split(location + " cannot be read", -1)).hasSize(2);
        }
        assertThat(output).containsPattern("WARN.*" + server.url() + " cannot be read");
        server.serves(SECOND);
        file(file, pem(RSA.getPublic()));
        assertThat(keys.renewed().named("second")).hasSize(1);
        assertThat(keys.current().named("first")).isEmpty();
        assertThat(gauge("unreadable")).isZero();
    }

    @Test
    void anEarlyReadingBringsTheNewKeyAtOnceButNotOftenerThanAllowed() {
        server.serves(FIRST);
        TokenKeys keys = TestKeys.of(metrics, Duration.ofHours(1), server.url());
        server.serves(FIRST, SECOND);
        assertThat(keys.renewed().named("second")).hasSize(1);
        assertThat(server.asked()).isEqualTo(2);
        server.serves(SECOND);
        for (int i = 0; i < 1000; i++) {
            assertThat(keys.renewed().named("first")).hasSize(1);
        }
        assertThat(server.asked()).isEqualTo(2);
    }

    @Test
    void manyWhoWaitShareOneReading() throws Exception {
        server.serves(FIRST);
        TokenKeys keys = TestKeys.of(metrics, Duration.ZERO, server.url());
        CountDownLatch open = new CountDownLatch(1);
        server.answers(exchange -> {
            try {
                open.await();
            } catch (InterruptedException e) {
                return;
            }
            JwksServer.json(JwksServer.set(SECOND)).to(exchange);
        });
        List<Thread> waiting = java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> Thread.ofVirtual()
                        .start(() -> assertThat(keys.renewed().named("second")).hasSize(1)))
                .toList();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        open.countDown();
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(keys.current().named("second")).hasSize(1);
        assertThat(server.asked()).isEqualTo(2);
    }

    @Test
    void aSlowServerKeepsNobodyWaitingLongNorAnothersKeyBack() {
        CountDownLatch open = new CountDownLatch(1);
        try (JwksServer other = new JwksServer().serves(FIRST)) {
            server.serves(FIRST);
            TokenKeys keys = TestKeys.of(metrics, Duration.ZERO, server.url(), other.url());
            server.answers(exchange -> {
                try {
                    open.await();
                } catch (InterruptedException e) {
                    return;
                }
            });
            other.serves(SECOND);
            long began = System.nanoTime();
            assertThat(keys.renewed().named("second")).hasSize(1);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(3500));
        } finally {
            open.countDown();
        }
    }

    private static List<String> kids(TokenKeys keys) {
        return keys.current().keys().stream().map(VerificationKey::kid).toList();
    }

    private double gauge(String name) {
        return metrics.get("realtime.identity.keys." + name).gauge().value();
    }
}
