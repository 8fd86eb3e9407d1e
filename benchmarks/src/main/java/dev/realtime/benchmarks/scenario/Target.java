package dev.realtime.benchmarks.scenario;

import dev.realtime.benchmarks.measure.Measure;
import dev.realtime.benchmarks.servers.Side;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What we have to reach.
 *
 * @param against whose value ours is divided by; null for ours as it is
 * @param atMost the bound from above, of the ratio or of the value; null where there is none
 * @param atLeast the bound from below
 */
public record Target(
        Measure measure,
        @Nullable Side against,
        @Nullable Double atMost,
        @Nullable Double atLeast) {

    public Target {
        if ((atMost == null) == (atLeast == null)) {
            throw new IllegalArgumentException("A target has either atMost or atLeast");
        }
    }

    /** Our value, or its ratio; empty when it, or the other side's, is not known. */
    public OptionalDouble value(Map<Side, Map<Measure, Double>> results) {
        Double ours = results.getOrDefault(Side.OURS, Map.of()).get(measure);
        if (ours == null) {
            return OptionalDouble.empty();
        }
        if (against == null) {
            return OptionalDouble.of(ours);
        }
        Double theirs = results.getOrDefault(against, Map.of()).get(measure);
        return theirs == null || theirs == 0 ? OptionalDouble.empty() : OptionalDouble.of(ours / theirs);
    }

    public boolean isMet(double value) {
        return (atMost == null || value <= atMost) && (atLeast == null || value >= atLeast);
    }

    /** How much of what is allowed was used: 1 is the target itself, less is better. */
    public double used(double value) {
        if (atMost != null) {
            return value == 0 ? 0 : value / atMost;
        }
        return atLeast == null || value == 0 ? Double.POSITIVE_INFINITY : atLeast / value;
    }

    /** The bound in words. */
    public String bound() {
        String number = atMost == null ? "≥ " + plain(atLeast) : "≤ " + plain(atMost);
        return against == null
                ? number + (measure.unit().isEmpty() ? "" : " " + measure.unit())
                : number + " of " + against.label();
    }

    private static String plain(@Nullable Double number) {
        return number == null ? "" : number % 1 == 0 ? String.valueOf(number.longValue()) : number.toString();
    }
}
