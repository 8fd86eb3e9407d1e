package dev.realtime.stream.binder.redis.faults;

import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import dev.realtime.stream.binder.redis.support.CuttingProxy;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.messaging.MessagingException;

/**
 * One setting: an application sends numbered messages and receives them as an anonymous consumer and as a group, over a
 * proxy, while something goes wrong. A message that was not accepted is sent again with the same key until it is.
 */
final class FaultRun implements AutoCloseable {

    static final String STREAM = "events";

    private static final int MAX_PADDING = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Streams are checked once a second. */
    private static final Duration TELLING = Duration.ofSeconds(20);

    private final Faults faults;
    private final Random random;
    private final RedisProcess redis;
    private final CuttingProxy proxy;
    private final TestApplication app;
    private final Consumers.Ledgers ledgers;
    private final List<Ledger.Accepted> accepted = new ArrayList<>();
    private volatile int posted;
    private volatile boolean ending;

    FaultRun(Faults faults, long seed) {
        this.faults = faults;
        this.random = new Random(seed);
        this.redis = faults.server().get();
        this.proxy = new CuttingProxy(redis.port());
        this.app = TestApplication.start(List.of(Consumers.class), proxy.port(), Consumers.properties("all;grouped"));
        this.ledgers = app.bean(Consumers.Ledgers.class);
    }

    /**
     * Runs for a while and at least so many incidents, and then until everything that can arrive has arrived and
     * everything that was lost was told.
     */
    Row run(Duration length, int least) {
        long end = System.nanoTime() + length.toNanos();
        Thread sending = Thread.ofPlatform().name("sender").start(this::sendAll);
        int count = 0;
        do {
            awaitMore(20 + random.nextInt(30));
            faults.incident().happen(this, random);
            count++;
        } while (System.nanoTime() < end || count < least);
        int incidents = count;
        awaitMore(1);
        ending = true;
        await().atMost(PATIENCE).until(() -> !sending.isAlive());
        await().atMost(PATIENCE).until(this::isSettled);
        try {
            await().atMost(TELLING).until(() -> row(incidents).silent() == 0);
        } catch (ConditionTimeoutException silence) {
            // The row says so.
        }
        return row(incidents);
    }

    private Row row(int incidents) {
        return new Row(
                faults,
                incidents,
                posted,
                accepted.size(),
                ledgers.all().result(accepted),
                ledgers.grouped().result(accepted));
    }

    private void sendAll() {
        Random sizes = new Random(random.nextLong());
        while (!ending) {
            int number = posted++;
            byte[] payload = (number + ":" + "x".repeat(sizes.nextInt(MAX_PADDING))).getBytes();
            while (!isAccepted(number, payload)) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            synchronized (accepted) {
                accepted.add(new Ledger.Accepted(number, System.nanoTime()));
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    private boolean isAccepted(int number, byte[] payload) {
        try {
            app.send(payload, Map.of(RedisBinderHeaders.IDEMPOTENCE_KEY, "m" + number));
            return true;
        } catch (MessagingException failed) {
            return false;
        }
    }

    /** The last message has arrived everywhere, and if nothing may be lost, all have; nothing is pending. */
    private boolean isSettled() {
        int last = accepted.getLast().number();
        boolean arrived = ledgers.all().has(last) && ledgers.grouped().has(last);
        return arrived
                && (!faults.durable()
                        || ledgers.all().size() >= accepted.size()
                                && ledgers.grouped().size() >= accepted.size())
                && redis.command("XPENDING", STREAM, Consumers.GROUP).startsWith("*4\r\n:0\r\n");
    }

    /** Waits until both consumers have received so many more messages. */
    void awaitMore(int messages) {
        int all = ledgers.all().size() + messages;
        int grouped = ledgers.grouped().size() + messages;
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> ledgers.all().size() >= all && ledgers.grouped().size() >= grouped);
    }

    /** Waits until so many more messages were accepted. */
    void awaitAccepted(int messages) {
        int target = accepted() + messages;
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> accepted() >= target);
    }

    private int accepted() {
        synchronized (accepted) {
            return accepted.size();
        }
    }

    void pause(Duration length) {
        LockSupport.parkNanos(length.toNanos());
    }

    /** The consumers handle nothing until the release. */
    void hold() {
        ledgers.hold();
    }

    void release() {
        ledgers.release();
    }

    RedisProcess redis() {
        return redis;
    }

    CuttingProxy proxy() {
        return proxy;
    }

    Ledger grouped() {
        return ledgers.grouped();
    }

    @Override
    public void close() {
        ledgers.release();
        ending = true;
        app.close();
        proxy.close();
        redis.close();
    }

    /** A line of the table for each consumer. */
    record Row(Faults faults, int incidents, int posted, int accepted, Ledger.Result anonymous, Ledger.Result group) {

        static final String HEAD = "%-28s %9s  %-9s %8s %8s %9s %7s %7s %9s %10s"
                .formatted(
                        "setting",
                        "incidents",
                        "consumer",
                        "posted",
                        "accepted",
                        "delivered",
                        "lost",
                        "doubled",
                        "gaps told",
                        "in silence");

        int silent() {
            return anonymous.silent() + group.silent();
        }

        @Override
        public String toString() {
            return String.join(
                    System.lineSeparator(), Arrays.asList(line("anonymous", anonymous), line("group", group)));
        }

        private String line(String consumer, Ledger.Result result) {
            return "%-28s %9d  %-9s %8d %8d %9d %7d %7d %9d %10d"
                    .formatted(
                            faults.name(),
                            incidents,
                            consumer,
                            posted,
                            accepted,
                            result.delivered(),
                            result.lost(),
                            result.doubled(),
                            result.told(),
                            result.silent());
        }
    }
}
