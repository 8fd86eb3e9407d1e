package dev.realtime.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RatesTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final Rates<String> rates = new Rates<>();

    @Test
    void countsAMinuteAndThenForgets() {
        for (int second = 0; second < 90; second++) {
            rates.add("a", NOON.plusSeconds(second));
        }
        rates.add("b", NOON.plusSeconds(89));
        assertThat(rates.lastMinute(NOON.plusSeconds(89)))
                .containsEntry("a", 60)
                .containsEntry("b", 1);
        assertThat(rates.lastMinute(NOON.plusSeconds(119)))
                .containsEntry("a", 30)
                .containsEntry("b", 1);
        assertThat(rates.lastMinute(NOON.plusSeconds(150))).isEmpty();
    }

    @Test
    void countsTheLastFullSecondOverAllKeys() {
        rates.add("a", NOON);
        rates.add("b", NOON);
        rates.add("a", NOON.plusSeconds(1));
        assertThat(rates.lastSecond(NOON.plusSeconds(1))).isEqualTo(2);
        assertThat(rates.lastSecond(NOON.plusSeconds(2))).isEqualTo(1);
        assertThat(rates.lastSecond(NOON.plusSeconds(3))).isZero();
        assertThat(rates.lastSecond(NOON.plusSeconds(600))).isZero();
    }
}
