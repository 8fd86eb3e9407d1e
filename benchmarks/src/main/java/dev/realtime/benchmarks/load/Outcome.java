package dev.realtime.benchmarks.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * The outcome of a window.
 *
 * @param latencies nanoseconds from sending the POST to reading the delivery, for every delivery
 * @param answers nanoseconds from sending the POST to its answer
 * @param took the time from the first POST to the last delivery
 */
public record Outcome(
        int posted,
        int refused,
        long delivered,
        long lost,
        long doubled,
        long misordered,
        Histogram latencies,
        Histogram answers,
        Duration took) {}
