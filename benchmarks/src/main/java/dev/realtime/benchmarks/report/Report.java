package dev.realtime.benchmarks.report;

import dev.realtime.benchmarks.measure.Measure;
import dev.realtime.benchmarks.scenario.Scenario;
import dev.realtime.benchmarks.scenario.Target;
import dev.realtime.benchmarks.servers.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The results of a run.
 *
 * @param quick the divisor of all durations; above 1, the numbers are rough
 * @param comparisons of the new jar with the older one; empty without one
 * @param missing requested sides that were not available
 */
public record Report(
        Machine machine,
        int quick,
        int rounds,
        Map<Scenario, Map<Side, Map<Measure, Double>>> results,
        List<Comparison> comparisons,
        List<String> missing) {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** One line of the table. */
    private record Line(String scenario, Target target, OptionalDouble value, Map<Side, Map<Measure, Double>> sides) {

        String measured() {
            if (value.isEmpty()) {
                return "not measured";
            }
            double number = value.getAsDouble();
            return target.against() == null ? target.measure().text(number) : ratio(number);
        }

        String met() {
            return value.isEmpty() ? "–" : target.isMet(value.getAsDouble()) ? "met" : "**not met**";
        }
    }

    private static String ratio(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        results.forEach((scenario, sides) -> scenario.targets()
                .forEach(target -> lines.add(new Line(scenario.name(), target, target.value(sides), sides))));
        return lines;
    }

    /** The targets and the results, as a Markdown table. */
    public String summary() {
        StringBuilder text = new StringBuilder();
        missing.forEach(
                side -> text.append("**").append(side).append(" could not be had and is not in this run.**\n\n"));
        List<Side> columns = columns();
        text.append("| scenario | measure");
        columns.forEach(side -> text.append(" | ").append(side.label()));
        text.append(" | ratio or value | target | |\n|---|---|")
                .append("---:|".repeat(columns.size()))
                .append("---:|---|---|\n");
        for (Line line : lines()) {
            text.append("| ")
                    .append(line.scenario)
                    .append(" | ")
                    .append(line.target.measure().title());
            for (Side side : columns) {
                Double value = line.sides.getOrDefault(side, Map.of()).get(line.target.measure());
                text.append(" | ")
                        .append(value == null ? "" : line.target.measure().text(value));
            }
            text.append(" | ").append(line.measured()).append(" | ").append(line.target.bound());
            text.append(" | ").append(line.met()).append(" |\n");
        }
        return text.append(comparison()).toString();
    }

    /** The baseline has a column only if it was measured. */
    private List<Side> columns() {
        return Arrays.stream(Side.values())
                .filter(side -> side != Side.BASELINE || !comparisons.isEmpty())
                .toList();
    }

    /** The comparison with the older jar; empty without one. */
    private String comparison() {
        if (comparisons.isEmpty()) {
            return "";
        }
        StringBuilder text =
                new StringBuilder("\nOurs by baseline, the median of the rounds' ratios with its 95 % interval:\n\n");
        text.append("| scenario | measure | baseline | ours | ratio | |\n|---|---|---:|---:|---:|---|\n");
        for (Comparison line : comparisons) {
            text.append("| ")
                    .append(line.scenario())
                    .append(" | ")
                    .append(line.measure().title());
            for (Side side : List.of(Side.BASELINE, Side.OURS)) {
                text.append(" | ").append(median(line, side));
            }
            text.append(" | ")
                    .append(line.interval())
                    .append(" | ")
                    .append(line.verdict())
                    .append(" |\n");
        }
        return text.toString();
    }

    private String median(Comparison line, Side side) {
        return results.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(line.scenario()))
                .map(entry -> entry.getValue().getOrDefault(side, Map.of()).get(line.measure()))
                .filter(Objects::nonNull)
                .map(value -> line.measure().text(value))
                .findFirst()
                .orElse("");
    }

    private String markdown(String name) {
        StringBuilder text = new StringBuilder("# Benchmarks of ").append(name).append("\n\n");
        if (quick > 1) {
            text.append("A quick run, all durations divided by ").append(quick).append(": rough numbers.\n\n");
        }
        machine.lines().forEach(line -> text.append("- ").append(line).append('\n'));
        text.append("- The server on one core; the generator and Redis on the other. Median of ")
                .append(rounds)
                .append(rounds == 1 ? " round.\n\n" : " rounds, the sides in turn.\n\n");
        text.append(summary())
                .append("\n![what was used of what the targets allow](")
                .append(name)
                .append(".svg)\n");
        results.forEach((scenario, sides) -> append(text, scenario, sides));
        return text.toString();
    }

    private static void append(StringBuilder text, Scenario scenario, Map<Side, Map<Measure, Double>> sides) {
        text.append("\n## ")
                .append(scenario.name())
                .append("\n\n")
                .append(scenario.title())
                .append("\n\n|");
        sides.keySet().forEach(side -> text.append(" | ").append(side.label()));
        text.append(" |\n|---").append("|---:".repeat(sides.size())).append("|\n");
        Set<Measure> measures = new TreeSet<>();
        sides.values().forEach(measured -> measures.addAll(measured.keySet()));
        for (Measure measure : measures) {
            text.append("| ").append(measure.title());
            sides.values().forEach(measured -> {
                Double value = measured.get(measure);
                text.append(" | ").append(value == null ? "" : measure.text(value));
            });
            text.append(" |\n");
        }
    }

    private Map<String, Object> json() {
        Map<String, Object> scenarios = new LinkedHashMap<>();
        results.forEach((scenario, sides) -> {
            Map<String, Object> bySide = new LinkedHashMap<>();
            sides.forEach((side, measured) -> bySide.put(side.label(), measured));
            scenarios.put(scenario.name(), bySide);
        });
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", machine.lines());
        all.put("quick", quick);
        all.put("rounds", rounds);
        all.put("missing", missing);
        all.put("scenarios", scenarios);
        if (!comparisons.isEmpty()) {
            all.put("comparisons", comparisons);
        }
        return all;
    }

    /** Writes the Markdown, the JSON and the picture, and returns their common name. */
    public String write(Path folder) throws IOException {
        String name = LocalDate.now(ZoneOffset.UTC) + "-" + machine.cores() + "-cores"
                + (comparisons.isEmpty() ? "" : "-baseline") + (quick > 1 ? "-quick" : "");
        List<Chart.Bar> bars = lines().stream()
                .filter(line -> line.value.isPresent())
                .map(line -> new Chart.Bar(
                        line.scenario + ", " + line.target.measure().title(),
                        line.measured() + " (" + line.target.bound() + ")",
                        line.target.used(line.value.getAsDouble())))
                .toList();
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".md"), markdown(name));
        Files.writeString(folder.resolve(name + ".json"), MAPPER.writeValueAsString(json()) + "\n");
        Files.writeString(folder.resolve(name + ".svg"), Chart.svg(bars));
        return name;
    }
}
