package dev.realtime.benchmarks.load;

import java.time.Duration;

/**
 * Events of one window.
 *
 * @param rate events a second; 0 when they are paced by {@code outstanding}
 * @param outstanding how many are under way at a time: posted, and neither answered nor with everybody
 * @param roomsPerEvent to how many rooms each goes, in turn through all of them
 * @param time how long; what is under way at its end is waited for
 * @param most after how many events it ends before its time
 */
public record Traffic(double rate, int outstanding, int roomsPerEvent, Duration time, int most) {

    /** So many posts, as fast as they are answered. */
    public static Traffic posts(int count, int outstanding) {
        return new Traffic(0, outstanding, 1, Duration.ofMinutes(10), count);
    }
}
