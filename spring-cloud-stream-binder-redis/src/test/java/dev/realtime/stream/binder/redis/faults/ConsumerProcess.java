package dev.realtime.stream.binder.redis.faults;

import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.TestApplication;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/** A member of the group in a process of its own, which is killed while it handles messages. */
final class ConsumerProcess {

    private static final String HANDLED = "handled ";

    private ConsumerProcess() {}

    /** Starts one, lets it handle some messages and kills it, between reading and acknowledging. */
    static void killOne(FaultRun run, Random random) {
        int enough = 20 + random.nextInt(50);
        AtomicInteger handled = new AtomicInteger();
        Process process = start(run.redis().port());
        Thread reading = Thread.startVirtualThread(() -> {
            try (BufferedReader lines = process.inputReader()) {
                for (String line; (line = lines.readLine()) != null; ) {
                    if (line.startsWith(HANDLED)) {
                        run.grouped().received(Integer.parseInt(line.substring(HANDLED.length())));
                        handled.incrementAndGet();
                    }
                }
            } catch (IOException ended) {
                // The process was killed.
            }
        });
        try {
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> handled.get() >= enough || !process.isAlive());
        } finally {
            process.destroyForcibly();
        }
        await().until(() -> !reading.isAlive());
    }

    private static Process start(int port) {
        try {
            return new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ConsumerProcess.class.getName(),
                            "" + port)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param arguments the port of Redis */
    public static void main(String[] arguments) {
        TestApplication.start(List.of(Printing.class), Integer.parseInt(arguments[0]), Consumers.properties("grouped"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Printing {

        @Bean
        Consumer<Message<byte[]>> grouped() {
            return message -> {
                LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
                System.out.println(HANDLED + Consumers.number(message));
            };
        }
    }
}
