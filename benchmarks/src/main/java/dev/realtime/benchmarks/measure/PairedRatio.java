package dev.realtime.benchmarks.measure;

import java.util.Arrays;
import java.util.List;

/**
 * The ratio of a measure on two sides that were measured in turn, round by round.
 *
 * <p>Each round is a pair and yields one ratio, so that disturbances of a whole round cancel out. The interval is that
 * of the sign test: the population's median lies between the k-th smallest and the k-th largest ratio unless fewer than
 * k of the n ratios fell on one side of it, whose probability is binomial. It assumes nothing about the distribution of
 * ratios, which six of them could not show, and is exact for few pairs, where a bootstrap's interval is too narrow. Six
 * is the least number of pairs for a level of 95 %: 1 - 2/2^6 is 96.9 %, 1 - 2/2^5 only 93.8 %.
 *
 * @param median of the rounds' ratios
 * @param low the true median is below with a probability of at most 2.5 %
 * @param high the true median is above with a probability of at most 2.5 %
 * @param pairs number of rounds
 */
public record PairedRatio(double median, double low, double high, int pairs) {

    /** The least number of pairs for an interval of 95 %. */
    public static final int LEAST_PAIRS = 6;

    private static final double TAIL = 0.025;

    /**
     * Divides the values of one side by those of the other.
     *
     * @param values by round
     * @param baseline by round, each above 0
     * @throws IllegalArgumentException if there are fewer than {@link #LEAST_PAIRS} pairs, or a value without a pair
     */
    public static PairedRatio of(List<Double> values, List<Double> baseline) {
        int pairs = values.size();
        if (pairs != baseline.size() || pairs < LEAST_PAIRS) {
            throw new IllegalArgumentException(
                    pairs + " and " + baseline.size() + " values are not " + LEAST_PAIRS + " pairs or more");
        }
        double[] ratios = new double[pairs];
        Arrays.setAll(ratios, i -> values.get(i) / baseline.get(i));
        Arrays.sort(ratios);
        int rank = rank(pairs);
        return new PairedRatio(Rounds.median(ratios), ratios[rank - 1], ratios[pairs - rank], pairs);
    }

    /** The largest k for which the probability of fewer than k heads in that many coin tosses is at most 2.5 %. */
    static int rank(int pairs) {
        double exactly = Math.pow(0.5, pairs);
        double upTo = 0;
        int heads = 0;
        while (upTo + exactly <= TAIL) {
            upTo += exactly;
            exactly *= (double) (pairs - heads) / (heads + 1);
            heads++;
        }
        return heads;
    }
}
