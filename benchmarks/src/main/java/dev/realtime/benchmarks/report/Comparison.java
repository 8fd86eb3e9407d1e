package dev.realtime.benchmarks.report;

import dev.realtime.benchmarks.measure.Measure;
import dev.realtime.benchmarks.measure.PairedRatio;
import dev.realtime.benchmarks.scenario.Scenario;
import dev.realtime.benchmarks.servers.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The comparison of the new jar with the older one, in one measure of one scenario.
 *
 * @param ratio the new jar's value divided by the older one's; empty if there were too few rounds of both for an
 *     interval, or the older one's value was 0
 */
public record Comparison(String scenario, Measure measure, Optional<PairedRatio> ratio) {

    /** How much worse the new jar may be. */
    private static final double WORSE = 1.05;

    /** All comparisons, from the rounds of each scenario and side; empty without a baseline. */
    public static List<Comparison> of(Map<Scenario, Map<Side, List<Map<Measure, Double>>>> results) {
        List<Comparison> comparisons = new ArrayList<>();
        results.forEach((scenario, sides) -> {
            List<Map<Measure, Double>> ours = sides.getOrDefault(Side.OURS, List.of());
            List<Map<Measure, Double>> baseline = sides.getOrDefault(Side.BASELINE, List.of());
            if (!baseline.isEmpty()) {
                Set<Measure> measures = new TreeSet<>();
                baseline.forEach(round -> measures.addAll(round.keySet()));
                measures.stream()
                        .filter(measure -> measure.wish() != Measure.Wish.UNCOMPARED)
                        .forEach(measure -> comparisons.add(
                                new Comparison(scenario.name(), measure, ratio(measure, ours, baseline))));
            }
        });
        return comparisons;
    }

    private static Optional<PairedRatio> ratio(
            Measure measure, List<Map<Measure, Double>> ours, List<Map<Measure, Double>> baseline) {
        List<Double> values = new ArrayList<>();
        List<Double> before = new ArrayList<>();
        for (int i = 0; i < Math.min(ours.size(), baseline.size()); i++) {
            Double value = ours.get(i).get(measure);
            Double old = baseline.get(i).get(measure);
            if (value != null && old != null && old > 0) {
                values.add(value);
                before.add(old);
            }
        }
        return values.size() < PairedRatio.LEAST_PAIRS ? Optional.empty() : Optional.of(PairedRatio.of(values, before));
    }

    /** Whether the whole interval is worse than allowed. */
    public boolean isWorse() {
        return ratio.map(known -> best(known) > WORSE).orElse(false);
    }

    /**
     * How much worse the new jar is, by the better end of the interval; the inverse for rates, where more is better.
     */
    private double best(PairedRatio known) {
        return measure.wish() == Measure.Wish.MORE ? 1 / known.high() : known.low();
    }

    private double worst(PairedRatio known) {
        return measure.wish() == Measure.Wish.MORE ? 1 / known.low() : known.high();
    }

    /** The printed ratio with its interval. */
    String interval() {
        return ratio.map(known ->
                        String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", known.median(), known.low(), known.high()))
                .orElse("fewer than " + PairedRatio.LEAST_PAIRS + " pairs");
    }

    String verdict() {
        if (ratio.isEmpty()) {
            return "–";
        }
        if (isWorse()) {
            return "**worse than " + WORSE + "**";
        }
        return "no worse than " + WORSE
                + (worst(ratio.get()) > WORSE ? ", but not certainly: the interval contains it" : "");
    }
}
