package dev.realtime.benchmarks.load;

import java.time.Duration;

/**
 * The events of one window.
 *
 * @param rate events per second; 0 if {@code outstanding} sets the pace
 * @param outstanding number of concurrent events: posted, but not yet answered or not yet delivered to everybody
 * @param roomsPerEvent number of rooms per event, in turn through all rooms
 * @param time the duration; outstanding events are awaited at its end
 * @param most the number of events after which the window ends early
 */
public record Traffic(double rate, int outstanding, int roomsPerEvent, Duration time, int most) {

    /** This many posts, as fast as they are answered. */
    public static Traffic posts(int count, int outstanding) {
        return new Traffic(0, outstanding, 1, Duration.ofMinutes(10), count);
    }
}
