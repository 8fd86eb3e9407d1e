package dev.realtime.benchmarks.load;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Sends one window's events at their pace and waits for the last delivery; confined to the crowd's event loop. */
final class Window {

    /** After this time without progress, missing deliveries count as lost. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private static final long HIGHEST_NANOS = Duration.ofMinutes(2).toNanos();

    private final EventLoop loop;
    private final Crowd crowd;
    private final List<Poster> posters;
    private final Traffic traffic;
    private final Ledger ledger;
    private final List<Target> targets = new ArrayList<>();
    private final Histogram latencies = new Histogram(HIGHEST_NANOS, 3);
    private final Histogram answers = new Histogram(HIGHEST_NANOS, 3);
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    private long begin;
    private long end;
    private long lastProgress;
    private int unanswered;
    private int refused;
    private int incomplete;
    private int turn;

    /** A possible set of rooms of an event. */
    private record Target(int[] rooms, String path, Payload payload) {}

    Window(
            EventLoop loop,
            Crowd crowd,
            List<Poster> posters,
            Dialect dialect,
            List<String> rooms,
            int[] members,
            int firstNumber,
            Traffic traffic) {
        this.loop = loop;
        this.crowd = crowd;
        this.posters = posters;
        this.traffic = traffic;
        this.ledger = new Ledger(firstNumber, members);
        int per = traffic.roomsPerEvent();
        for (int from = 0; from + per <= rooms.size(); from += per) {
            int first = from;
            int[] numbers = new int[per];
            Arrays.setAll(numbers, i -> first + i);
            List<String> names = rooms.subList(from, from + per);
            targets.add(new Target(numbers, dialect.postPath(names.getFirst()), dialect.payload(names)));
        }
    }

    CompletableFuture<Outcome> run() {
        loop.execute(() -> {
            crowd.follow(ledger, latencies, this::onComplete);
            begin = System.nanoTime();
            lastProgress = begin;
            end = begin + traffic.time().toNanos();
            if (traffic.rate() > 0) {
                pace();
            } else {
                for (int i = 0; i < traffic.outstanding(); i++) {
                    sendNext();
                }
            }
            watch();
        });
        return outcome;
    }

    /** Sends all due events, and schedules the next run. */
    private void pace() {
        double nanosEach = 1e9 / traffic.rate();
        long now = System.nanoTime();
        while (isOpen(now) && begin + (long) (ledger.sentCount() * nanosEach) <= now) {
            send();
        }
        if (isOpen(now)) {
            long next = begin + (long) (ledger.sentCount() * nanosEach);
            loop.schedule(this::pace, Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    private boolean isOpen(long now) {
        return now < end && ledger.sentCount() < traffic.most();
    }

    private void sendNext() {
        if (traffic.rate() == 0 && isOpen(System.nanoTime())) {
            send();
        }
    }

    private void send() {
        Target target = targets.get(turn % targets.size());
        Poster poster = posters.get(turn % posters.size());
        turn++;
        int number = ledger.sent(target.rooms);
        boolean awaited = !ledger.isComplete(number);
        if (awaited) {
            incomplete++;
        }
        unanswered++;
        long sentAt = System.nanoTime();
        poster.post(target.path, target.payload.stamped(number, sentAt), status -> {
            unanswered--;
            lastProgress = System.nanoTime();
            answers.recordValue(lastProgress - sentAt);
            if (status / 100 != 2) {
                refused++;
                if (awaited && !ledger.isComplete(number)) {
                    incomplete--;
                }
                ledger.refused(number);
                sendNext();
            } else if (!awaited) {
                sendNext();
            }
        });
    }

    private void onComplete() {
        incomplete--;
        lastProgress = System.nanoTime();
        sendNext();
    }

    private void watch() {
        long now = System.nanoTime();
        if (!isOpen(now) && unanswered == 0 && incomplete <= 0) {
            finish(lastProgress);
        } else if (now - lastProgress > PATIENCE_NANOS && (traffic.rate() == 0 || !isOpen(now))) {
            finish(now);
        } else {
            loop.schedule(this::watch, 5, TimeUnit.MILLISECONDS);
        }
    }

    private void finish(long at) {
        outcome.complete(new Outcome(
                ledger.sentCount(),
                refused,
                ledger.delivered(),
                ledger.lost(),
                ledger.doubled(),
                ledger.misordered(),
                latencies,
                answers,
                Duration.ofNanos(at - begin)));
    }
}
