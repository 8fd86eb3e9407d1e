package dev.realtime.demo;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When the next event happens: by chance, and the minutes are not alike. The rate goes from a quarter of the average to
 * nearly twice as much and back within {@link #PERIOD}.
 */
final class Waves {

    static final Duration PERIOD = Duration.ofMinutes(4);

    private static final double DEPTH = 0.75;
    private static final double LONGEST_GAP_SECONDS = 20;

    private final double rate;
    private final RandomGenerator random;

    Waves(double rate, RandomGenerator random) {
        this.rate = rate;
        this.random = random;
    }

    /** Events per second at that time; over whole periods the average is the rate that was asked for. */
    double rateAt(Duration sinceStart) {
        double phase = 2 * Math.PI * sinceStart.toMillis() / PERIOD.toMillis();
        return rate * (1 + DEPTH * Math.sin(phase));
    }

    /** How long it is from then to the next event. */
    Duration gapAt(Duration sinceStart) {
        double seconds = -Math.log(1 - random.nextDouble()) / rateAt(sinceStart);
        return Duration.ofMillis(Math.round(1000 * Math.min(seconds, LONGEST_GAP_SECONDS)));
    }
}
