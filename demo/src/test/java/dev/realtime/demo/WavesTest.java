package dev.realtime.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WavesTest {

    @Test
    void theAverageIsTheRate() {
        Waves waves = new Waves(2, new SplittableRandom(1));
        Duration end = Waves.PERIOD.multipliedBy(50);
        Duration now = Duration.ZERO;
        int events = 0;
        while (now.compareTo(end) < 0) {
            now = now.plus(waves.gapAt(now));
            events++;
        }
        assertThat(events / (double) end.toSeconds()).isCloseTo(2, within(0.1));
    }

    @Test
    void thereAreQuietMinutesAndBusyOnes() {
        Waves waves = new Waves(2, new SplittableRandom(1));
        assertThat(waves.rateAt(Waves.PERIOD.dividedBy(4))).isCloseTo(3.5, within(0.01));
        assertThat(waves.rateAt(Waves.PERIOD.multipliedBy(3).dividedBy(4))).isCloseTo(0.5, within(0.01));
    }

    @Test
    void theNextEventIsAtMostTwentySecondsAway() {
        Waves waves = new Waves(0.1, new SplittableRandom(1));
        for (int i = 0; i < 1000; i++) {
            assertThat(waves.gapAt(Duration.ofSeconds(i))).isLessThanOrEqualTo(Duration.ofSeconds(20));
        }
    }
}
