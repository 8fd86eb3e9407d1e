package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.consumer.RedisStreamEndpoint;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cloud.stream.config.ConsumerEndpointCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class StartStopTest {

    @Test
    void aStartThatIsRefusedLeavesNoReader() {
        try (var redis = RedisProcess.volatileServer()) {
            assertThatThrownBy(() -> TestApplication.start(
                            redis.port(),
                            "spring.cloud.stream.binding-retry-interval=0",
                            "spring.cloud.stream.bindings.events-in-0.destination=refused",
                            "spring.cloud.stream.bindings.events-in-0.group=g",
                            "spring.cloud.stream.bindings.events-in-0.consumer.concurrency=3",
                            "spring.cloud.stream.redis.binder.max-read-connections=2"))
                    .hasStackTraceContaining("max-read-connections");
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.endsWith("-refused"));
            assertThat(redis.command("EXISTS", "refused")).startsWith(":0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "g"})
    void aStartAfterAStopThatTimedOutRepeatsNothing(String group) {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        List.of(Endpoints.class),
                        redis.port(),
                        "spring.cloud.stream.bindings.events-in-0.group=" + group,
                        "spring.cloud.stream.redis.bindings.events-in-0.consumer.consumer-name=c",
                        "spring.cloud.stream.redis.binder.block-timeout=100ms",
                        "spring.cloud.stream.redis.binder.shutdown-timeout=100ms")) {
            CountDownLatch inHand = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            app.inbox().hook = message -> {
                if (new String(message.getPayload()).equals("one")) {
                    inHand.countDown();
                    awaitUninterruptibly(release);
                }
            };
            app.send("one");
            awaitUninterruptibly(inHand);
            app.send("two");
            // Not through the binding: Spring Cloud Stream starts an anonymous one only once.
            RedisStreamEndpoint endpoint = app.bean(Endpoints.class).last;
            endpoint.stop();
            endpoint.start();
            await().until(() -> app.payloads().equals(List.of("two")));
            release.countDown();
            await().until(() -> app.payloads().contains("one"));
            String three = app.send("three").id();
            await().until(() -> three.equals(app.subscription().position()));
            assertThat(app.payloads()).containsExactly("two", "one", "three");
            assertThat(app.continuityEvents()).isEmpty();
            if (!group.isEmpty()) {
                await().until(() -> redis.command("XPENDING", "events", "g").startsWith("*4\r\n:0\r\n"));
            }
        }
    }

    @Test
    void aRedisThatDoesNotAnswerDelaysTheStartOnceForAllReaders() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fillBacklog(silent, waiting);
            long begin = System.nanoTime();
            // Each reader needs twice the reply timeout, and the application a few seconds.
            try (var app = TestApplication.start(
                    silent.getLocalPort(),
                    "spring.cloud.stream.bindings.events-in-0.consumer.multiplex=true",
                    "spring.cloud.stream.bindings.events-in-0.destination="
                            + IntStream.range(0, 60).mapToObj(i -> "s" + i).collect(Collectors.joining(",")),
                    "spring.cloud.stream.redis.binder.reply-timeout=200ms")) {
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
                assertThat(app.subscription().isStarted()).isFalse();
            }
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Endpoints {

        volatile RedisStreamEndpoint last;

        @Bean
        ConsumerEndpointCustomizer<RedisStreamEndpoint> endpoints() {
            return (endpoint, destination, group) -> last = endpoint;
        }
    }

    /** From then on the kernel ignores further attempts to connect, as a black hole does. */
    private static void fillBacklog(ServerSocket server, List<Socket> waiting) throws IOException {
        for (int i = 0; i < 10; i++) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 200);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
        throw new IllegalStateException("The server still accepts connections");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException stopping) {
                // A handler that ignores the request to stop.
            }
        }
    }
}
