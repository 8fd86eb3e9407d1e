package dev.realtime.service.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Estimates Redis' time, the one time that all instances agree on. Each beat is a sample, with an error of at most half
 * its round trip; the best of the last few samples counts. The estimate advances by {@link System#nanoTime()}, so a
 * step of this machine's clock does not move it. Before the first sample it is this machine's clock.
 *
 * <p>Thread-safe; never waits for Redis.
 */
public final class ClusterClock {

    /** Few enough to follow a clock that drifts: beats are a second apart. */
    private static final int SAMPLES = 8;

    /** By how much the clocks of this machine and of Redis may drift apart between samples. */
    private static final long DRIFT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Clock own;
    private final Deque<Sample> samples = new ArrayDeque<>(SAMPLES);
    private volatile @Nullable Sample best;

    /** A clock without a sample; {@code own} is this machine's clock. */
    public ClusterClock(Clock own) {
        this.own = own;
    }

    /**
     * A sample of Redis' clock.
     *
     * @param offset Redis' time minus {@link System#nanoTime()}, in nanoseconds
     * @param error the largest error of the offset, in nanoseconds
     */
    private record Sample(long offset, long error) {

        boolean contradicts(Sample other) {
            return Math.abs(offset - other.offset) > error + other.error + DRIFT_NANOS;
        }
    }

    /** Milliseconds since 1970, by Redis' clock. */
    public long millis() {
        Sample sample = best;
        return sample == null ? own.millis() : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() + sample.offset);
    }

    /** By how much this machine's clock is ahead of Redis'; negative when it is behind, zero when unknown. */
    public Duration skew() {
        return best == null ? Duration.ZERO : Duration.ofMillis(own.millis() - millis());
    }

    /** The largest error of {@link #millis()}: half the round trip of the best sample. */
    public Duration error() {
        Sample sample = best;
        return sample == null ? Duration.ZERO : Duration.ofNanos(sample.error);
    }

    /**
     * Adds a sample.
     *
     * @param asked {@link System#nanoTime()} before Redis was asked
     * @param answered {@link System#nanoTime()} after Redis answered
     * @param redisMicros Redis' answer, in microseconds since 1970
     */
    synchronized void sample(long asked, long answered, long redisMicros) {
        long error = (answered - asked) / 2;
        Sample sample = new Sample(TimeUnit.MICROSECONDS.toNanos(redisMicros) - (asked + error), error);
        // Redis' clock was set, another Redis took over, or this machine slept: earlier samples are wrong.
        samples.removeIf(sample::contradicts);
        if (samples.size() == SAMPLES) {
            samples.removeFirst();
        }
        samples.addLast(sample);
        Sample smallest = sample;
        for (Sample each : samples) {
            if (each.error < smallest.error) {
                smallest = each;
            }
        }
        best = smallest;
    }
}
