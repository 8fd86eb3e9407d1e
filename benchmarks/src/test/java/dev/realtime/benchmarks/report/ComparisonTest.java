package dev.realtime.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.benchmarks.measure.Measure;
import dev.realtime.benchmarks.measure.Rounds;
import dev.realtime.benchmarks.scenario.Kind;
import dev.realtime.benchmarks.scenario.Scenario;
import dev.realtime.benchmarks.servers.Side;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Scenario POSTS = new Scenario(
            "posts", "posts", Kind.POSTS, List.of(Side.OURS), 0, 0, 1, 1, 0, 16, 1, 1, 0, null, false, 0, null);
    private static final double[] HUNDREDS = {100, 100, 100, 100, 100, 100};

    @Test
    void anIntervalAboveTheBoundIsWorse() {
        Comparison line = compared(Measure.CPU_PER_POST, HUNDREDS, 106, 107, 108, 109, 110, 111);

        assertThat(line.isWorse()).isTrue();
        assertThat(line.verdict()).isEqualTo("**worse than 1.05**");
        assertThat(line.interval()).isEqualTo("1.085 (1.060 to 1.110)");
    }

    @Test
    void anIntervalAroundTheBoundIsInconclusive() {
        Comparison line = compared(Measure.CPU_PER_POST, HUNDREDS, 104, 107, 108, 109, 110, 111);

        assertThat(line.isWorse()).isFalse();
        assertThat(line.verdict()).isEqualTo("no worse than 1.05, but not certainly: the interval contains it");
    }

    @Test
    void anIntervalBelowTheBoundIsNot() {
        assertThat(compared(Measure.CPU_PER_POST, HUNDREDS, 99, 98, 97, 100, 104, 105)
                        .verdict())
                .isEqualTo("no worse than 1.05");
    }

    @Test
    void aLowerRateIsWorse() {
        assertThat(compared(Measure.POSTS_PER_SECOND, HUNDREDS, 110, 120, 130, 140, 150, 160)
                        .verdict())
                .isEqualTo("no worse than 1.05");
        assertThat(compared(Measure.POSTS_PER_SECOND, HUNDREDS, 90, 91, 92, 93, 94, 95)
                        .isWorse())
                .isTrue();
    }

    @Test
    void tooFewRoundsHaveNoVerdict() {
        Comparison few =
                compared(Measure.CPU_PER_POST, new double[] {100, 100, 100, 100, 100}, 200, 200, 200, 200, 200);
        Comparison zeros = compared(Measure.CPU_PER_POST, new double[] {100, 100, 0, 100, 100, 100}, 1, 1, 1, 1, 1, 1);

        assertThat(few.verdict()).isEqualTo("–");
        assertThat(zeros.interval()).isEqualTo("fewer than 6 pairs");
    }

    @Test
    void countsThatMustBeZeroHaveNoRatio() {
        assertThat(Comparison.of(Map.of(
                        POSTS,
                        Map.of(
                                Side.OURS, rounds(Measure.LOST, 0, 0, 0, 0, 0, 0),
                                Side.BASELINE, rounds(Measure.LOST, HUNDREDS)))))
                .isEmpty();
    }

    @Test
    void withoutABaselineNothingIsCompared() {
        assertThat(Comparison.of(Map.of(POSTS, Map.of(Side.OURS, rounds(Measure.CPU_PER_POST, HUNDREDS)))))
                .isEmpty();
    }

    @Test
    void theReportHasMediansRatiosAndVerdicts() {
        Map<Side, List<Map<Measure, Double>>> rounds = Map.of(
                Side.OURS, rounds(Measure.CPU_PER_POST, 106, 107, 108, 109, 110, 111),
                Side.BASELINE, rounds(Measure.CPU_PER_POST, HUNDREDS));
        Map<Side, Map<Measure, Double>> medians = Map.of(
                Side.OURS, Rounds.combine(rounds.getOrDefault(Side.OURS, List.of())),
                Side.BASELINE, Rounds.combine(rounds.getOrDefault(Side.BASELINE, List.of())));
        Report report = new Report(
                new Machine(2, List.of()),
                1,
                6,
                Map.of(POSTS, medians),
                Comparison.of(Map.of(POSTS, rounds)),
                List.of());

        assertThat(report.summary())
                .contains("| posts | CPU per POST | 100 µs | 109 µs | 1.085 (1.060 to 1.110) | **worse than 1.05** |");
    }

    private static Comparison compared(Measure measure, double[] baseline, double... ours) {
        return Comparison.of(Map.of(
                        POSTS, Map.of(Side.OURS, rounds(measure, ours), Side.BASELINE, rounds(measure, baseline))))
                .getFirst();
    }

    private static List<Map<Measure, Double>> rounds(Measure measure, double... values) {
        return Arrays.stream(values).mapToObj(value -> Map.of(measure, value)).toList();
    }
}
