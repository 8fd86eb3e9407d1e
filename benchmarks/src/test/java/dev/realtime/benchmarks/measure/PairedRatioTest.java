package dev.realtime.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedRatioTest {

    @Test
    void sixPairsReachFromTheSmallestToTheLargestRatio() {
        PairedRatio ratio = PairedRatio.of(
                List.of(11.0, 22.0, 36.0, 40.0, 55.0, 63.0), List.of(10.0, 20.0, 30.0, 40.0, 50.0, 60.0));

        assertThat(ratio.median()).isEqualTo(1.1);
        assertThat(ratio.low()).isEqualTo(1.0);
        assertThat(ratio.high()).isEqualTo(1.2);
        assertThat(ratio.pairs()).isEqualTo(6);
    }

    @Test
    void oneOddRoundDoesNotMoveTheIntervalOfTen() {
        List<Double> values = Stream.concat(Stream.of(900.0), Collections.nCopies(9, 101.0).stream())
                .toList();

        assertThat(PairedRatio.of(values, Collections.nCopies(10, 100.0)))
                .isEqualTo(new PairedRatio(1.01, 1.01, 1.01, 10));
    }

    /** From the tables of the sign test: the largest significant number of successes, and one more. */
    @ParameterizedTest
    @CsvSource({"5, 0", "6, 1", "8, 1", "9, 2", "11, 2", "12, 3", "20, 6", "50, 18"})
    void theRankIsThatOfTheSignTest(int pairs, int rank) {
        assertThat(PairedRatio.rank(pairs)).isEqualTo(rank);
    }

    @Test
    void fivePairsHaveNoIntervalOf95Percent() {
        List<Double> five = Collections.nCopies(5, 1.0);

        assertThatThrownBy(() -> PairedRatio.of(five, five)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PairedRatio.of(Collections.nCopies(7, 1.0), Collections.nCopies(6, 1.0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Skewed noise, and some rounds that are slow as a whole. */
    @Test
    void theIntervalContainsTheTrueRatioAsOftenAsStated() {
        Random random = new Random(17);
        int held = 0;
        int trials = 4_000;
        for (int trial = 0; trial < trials; trial++) {
            List<Double> baseline =
                    IntStream.range(0, 6).mapToObj(_ -> 100 * noise(random)).toList();
            List<Double> values =
                    baseline.stream().map(value -> 1.1 * value * noise(random)).toList();
            PairedRatio ratio = PairedRatio.of(values, baseline);
            if (ratio.low() <= 1.1 && 1.1 <= ratio.high()) {
                held++;
            }
        }

        assertThat(held / (double) trials).isBetween(0.955, 0.985);
    }

    /** Noise with a median of 1. */
    private static double noise(Random random) {
        double normal = random.nextGaussian();
        return Math.exp(normal > 0 ? 0.2 * normal : 0.05 * normal);
    }
}
