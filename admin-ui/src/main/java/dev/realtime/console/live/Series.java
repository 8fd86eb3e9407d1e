package dev.realtime.console.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The values of the last five minutes, at most {@value #MOST}, oldest first. Thread-safe. */
public final class Series {

    /** How far back the values go. */
    public static final Duration SPAN = Duration.ofMinutes(5);

    private static final int MOST = 600;

    /** A value and its time. */
    public record Point(Instant at, double value) {}

    private final Deque<Point> points = new ArrayDeque<>();

    synchronized void add(Instant at, double value) {
        points.addLast(new Point(at, value));
        Instant oldest = at.minus(SPAN);
        while (points.size() > MOST || points.getFirst().at().isBefore(oldest)) {
            points.removeFirst();
        }
    }

    public synchronized List<Point> points() {
        return List.copyOf(points);
    }
}
