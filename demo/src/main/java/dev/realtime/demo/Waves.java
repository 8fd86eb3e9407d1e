package dev.realtime.demo;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Random times of events, with quiet and busy minutes: within {@link #PERIOD} the rate swings between a quarter of the
 * average and nearly twice the average.
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

    /** Events per second at that time. The average over whole periods is the configured rate. */
    double rateAt(Duration sinceStart) {
        double phase = 2 * Math.PI * sinceStart.toMillis() / PERIOD.toMillis();
        return rate * (1 + DEPTH * Math.sin(phase));
    }

    /** The time from then to the next event. */
    Duration gapAt(Duration sinceStart) {
        double seconds = -Math.log(1 - random.nextDouble()) / rateAt(sinceStart);
        return Duration.ofMillis(Math.round(1000 * Math.min(seconds, LONGEST_GAP_SECONDS)));
    }
}
