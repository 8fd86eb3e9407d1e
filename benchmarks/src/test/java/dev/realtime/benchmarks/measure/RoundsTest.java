package dev.realtime.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {

    @Test
    void takesTheMedianAndTheWorstOfCountsThatMustBeZero() {
        Map<Measure, Double> combined = Rounds.combine(List.of(
                Map.of(Measure.P50, 9.0, Measure.LOST, 0.0),
                Map.of(Measure.P50, 1.0, Measure.LOST, 4.0),
                Map.of(Measure.P50, 2.0, Measure.LOST, 0.0)));

        assertThat(combined).isEqualTo(Map.of(Measure.P50, 2.0, Measure.LOST, 4.0));
    }

    @Test
    void theMedianOfTwoIsBetweenThem() {
        assertThat(Rounds.median(new double[] {1, 2})).isEqualTo(1.5);
    }
}
