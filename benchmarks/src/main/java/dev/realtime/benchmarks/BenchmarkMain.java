package dev.realtime.benchmarks;

import dev.realtime.benchmarks.measure.Measure;
import dev.realtime.benchmarks.measure.Rounds;
import dev.realtime.benchmarks.report.Comparison;
import dev.realtime.benchmarks.report.Machine;
import dev.realtime.benchmarks.report.Report;
import dev.realtime.benchmarks.scenario.Scenario;
import dev.realtime.benchmarks.scenario.Scenarios;
import dev.realtime.benchmarks.servers.Places;
import dev.realtime.benchmarks.servers.Servers;
import dev.realtime.benchmarks.servers.Side;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measures the service and its peers in turn; started by {@code benchmarks/run.sh}. */
public final class BenchmarkMain {

    private final Options options;
    private final Places places;
    private final Servers servers;
    private final List<Scenario> scenarios;
    private final Map<Scenario, Map<Side, List<Map<Measure, Double>>>> results = new LinkedHashMap<>();

    private BenchmarkMain(Options options) throws IOException {
        this.options = options;
        this.places = Places.of(options.root());
        this.servers = new Servers(places, options.flags(), options.cached());
        this.scenarios = Scenarios.read(places.scenarios(), options.only());
        scenarios.forEach(scenario -> results.put(scenario, new EnumMap<>(Side.class)));
    }

    public static void main(String[] words) throws IOException {
        Options options;
        BenchmarkMain run;
        try {
            options = Options.parse(List.of(words));
            run = new BenchmarkMain(options);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        long began = System.nanoTime();
        run.measure();
        Report report = new Report(
                Machine.ofThis(run.places, options.baseline()),
                options.quick(),
                options.rounds(),
                run.combined(),
                Comparison.of(run.results),
                run.missing());
        System.out.println(report.summary());
        if (options.write()) {
            System.out.println("Written: benchmarks/results/" + report.write(run.places.results()));
        }
        System.out.printf("It took %d min.%n", (System.nanoTime() - began) / 60_000_000_000L);
    }

    private List<String> missing() {
        return options.sides().stream()
                .filter(side -> !places.has(side))
                .map(Side::label)
                .toList();
    }

    private void measure() throws IOException {
        Map<String, List<Scenario>> groups = new TreeMap<>();
        scenarios.forEach(scenario ->
                groups.computeIfAbsent(scenario.group(), _ -> new ArrayList<>()).add(scenario));
        for (int round = 1; round <= options.rounds(); round++) {
            for (List<Scenario> group : groups.values()) {
                for (Side side : options.sidesOf(round)) {
                    int now = round;
                    List<Scenario> here = group.stream()
                            .filter(scenario -> scenario.isFor(side) && places.has(side))
                            .filter(scenario -> scenario.rounds() == 0 || now <= scenario.rounds())
                            .toList();
                    if (!here.isEmpty()) {
                        measure(round, side, here);
                    }
                }
            }
        }
    }

    private void measure(int round, Side side, List<Scenario> here) throws IOException {
        Scenario first = here.getFirst();
        try (Session session = new Session(
                servers.start(side, first.instances(), first.settings()), options.quick(), options.recording())) {
            session.warm();
            for (Scenario scenario : here) {
                Map<Measure, Double> measured = session.measure(scenario);
                results.getOrDefault(scenario, new EnumMap<>(Side.class))
                        .computeIfAbsent(side, _ -> new ArrayList<>())
                        .add(measured);
                StringBuilder line = new StringBuilder();
                measured.forEach((measure, value) ->
                        line.append(", ").append(measure.title()).append(' ').append(measure.text(value)));
                System.out.printf(
                        "round %d  %-15s %-10s %s%n", round, scenario.name(), side.label(), line.substring(2));
            }
        }
    }

    private Map<Scenario, Map<Side, Map<Measure, Double>>> combined() {
        Map<Scenario, Map<Side, Map<Measure, Double>>> combined = new LinkedHashMap<>();
        results.forEach((scenario, bySide) -> {
            Map<Side, Map<Measure, Double>> medians = new EnumMap<>(Side.class);
            bySide.forEach((side, rounds) -> medians.put(side, Rounds.combine(rounds)));
            combined.put(scenario, medians);
        });
        return combined;
    }
}
