package dev.realtime.benchmarks.scenario;

import dev.realtime.benchmarks.measure.Measure;
import dev.realtime.benchmarks.servers.Side;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A target of the service.
 *
 * @param against the side whose value divides the service's; null for the plain value
 * @param atMost the upper bound of the ratio or value; null for none
 * @param atLeast the lower bound; null for none
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

    /** The service's value or ratio; empty if one of the values is unknown. */
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

    /** The used share of the target: 1 is the target itself, less is better. */
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
