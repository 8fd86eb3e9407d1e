package dev.realtime.benchmarks.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What became of a window.
 *
 * @param latencies nanoseconds from the sending of the POST to the reading of the delivery, of every delivery
 * @param answers nanoseconds from the sending of the POST to its answer
 * @param took from the first POST to the last delivery
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
