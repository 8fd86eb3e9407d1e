package dev.realtime.console.live;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Values of the last day, oldest first: each value of the last five minutes, and the means of the minutes before.
 * Thread-safe.
 */
public final class Series {

    /** How far back to look. */
    public enum Span {
        FIVE_MINUTES(Duration.ofMinutes(5), Duration.ZERO),
        HOUR(Duration.ofHours(1), Duration.ofMinutes(1)),
        DAY(Duration.ofDays(1), Duration.ofMinutes(10));

        private final Duration length;
        private final Duration step;

        Span(Duration length, Duration step) {
            this.length = length;
            this.step = step;
        }

        public Duration length() {
            return length;
        }

        /** From one value to the next; zero for every value as it was measured. */
        public Duration step() {
            return step;
        }
    }

    private static final int MOST = 600;

    /** A value and its time. */
    public record Point(Instant at, double value) {}

    /** The values of a minute. */
    private static final class Minute {

        private final Instant begin;
        private double sum;
        private int count;

        Minute(Instant begin) {
            this.begin = begin;
        }
    }

    private final Deque<Point> points = new ArrayDeque<>();
    private final Deque<Minute> minutes = new ArrayDeque<>();

    synchronized void add(Instant at, double value) {
        points.addLast(new Point(at, value));
        Instant oldest = at.minus(Span.FIVE_MINUTES.length);
        while (points.size() > MOST || points.getFirst().at().isBefore(oldest)) {
            points.removeFirst();
        }
        Instant begin = at.truncatedTo(ChronoUnit.MINUTES);
        if (minutes.isEmpty() || minutes.getLast().begin.isBefore(begin)) {
            minutes.addLast(new Minute(begin));
        }
        minutes.getLast().sum += value;
        minutes.getLast().count++;
        while (minutes.getFirst().begin.isBefore(at.minus(Span.DAY.length))) {
            minutes.removeFirst();
        }
    }

    /** The values of the last five minutes. */
    public synchronized List<Point> points() {
        return List.copyOf(points);
    }

    /** The values of a span, as means over its steps. */
    public synchronized List<Point> points(Span span, Instant now) {
        if (span.step.isZero()) {
            return points();
        }
        Instant oldest = now.minus(span.length);
        List<Point> means = new ArrayList<>();
        Minute mean = null;
        for (Minute minute : minutes) {
            if (minute.begin.isBefore(oldest)) {
                continue;
            }
            long step = span.step.toSeconds();
            Instant begin = Instant.ofEpochSecond(minute.begin.getEpochSecond() / step * step);
            if (mean == null || !mean.begin.equals(begin)) {
                if (mean != null) {
                    means.add(new Point(mean.begin, mean.sum / mean.count));
                }
                mean = new Minute(begin);
            }
            mean.sum += minute.sum;
            mean.count += minute.count;
        }
        if (mean != null) {
            means.add(new Point(mean.begin, mean.sum / mean.count));
        }
        return means;
    }
}
