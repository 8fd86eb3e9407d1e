package dev.realtime.service.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TunnelPlanTest {

    private final TunnelPlan plan = new TunnelPlan(Duration.ofSeconds(10));

    @Test
    void theyAreClosedEvenlyTheFirstAtOnceAndAllBeforeTheEnd() {
        int open = 100;
        int mostAtOnce = 0;
        for (int millis = 0; millis <= 10_000; millis += 100) {
            int due = plan.due(Duration.ofMillis(millis), open);
            mostAtOnce = Math.max(mostAtOnce, due);
            open -= due;
            if (millis == 0) {
                assertThat(open).isEqualTo(99);
            } else if (millis == 5_000) {
                assertThat(open).isBetween(48, 51);
            }
        }
        assertThat(open).isZero();
        assertThat(mostAtOnce).isLessThanOrEqualTo(2);
    }

    @Test
    void thoseThatComeMeanwhileAreClosedToo() {
        assertThat(plan.due(Duration.ZERO, 0)).isZero();
        assertThat(plan.due(Duration.ofSeconds(5), 10)).isEqualTo(6);
        assertThat(plan.due(Duration.ofSeconds(6), 4)).isEqualTo(1);
        assertThat(plan.due(Duration.ofSeconds(12), 5)).isEqualTo(5);
    }
}
