package dev.realtime.benchmarks.measure;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Combines the rounds of one scenario and side. */
public final class Rounds {

    /** Counts that must be zero take the value of the worst round. */
    private static final Set<Measure> WORST =
            Set.of(Measure.LOST, Measure.DOUBLED, Measure.MISORDERED, Measure.REFUSED);

    private Rounds() {}

    /** The median of each measure over the rounds, and the worst value of counts that must be zero. */
    public static Map<Measure, Double> combine(List<Map<Measure, Double>> rounds) {
        Map<Measure, Double> combined = new TreeMap<>();
        Set<Measure> measures = new TreeSet<>();
        rounds.forEach(round -> measures.addAll(round.keySet()));
        for (Measure measure : measures) {
            double[] values = rounds.stream()
                    .filter(round -> round.containsKey(measure))
                    .mapToDouble(round -> round.get(measure))
                    .sorted()
                    .toArray();
            combined.put(measure, WORST.contains(measure) ? values[values.length - 1] : median(values));
        }
        return combined;
    }

    /** The middle of sorted values, or the mean of the two in the middle. */
    static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
