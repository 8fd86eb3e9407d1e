package dev.realtime.benchmarks.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the files; unknown members are errors. */
public final class Scenarios {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private Scenarios() {}

    /** All scenarios of a folder in the order of file names, or the named ones. */
    public static List<Scenario> read(Path folder, Set<String> only) throws IOException {
        List<Scenario> all;
        try (Stream<Path> files = Files.list(folder)) {
            all = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Scenarios::read)
                    .toList();
        }
        List<String> known = all.stream().map(Scenario::name).toList();
        for (String name : only) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("There is no scenario \"" + name + "\"; there are " + known);
            }
        }
        return all.stream()
                .filter(scenario -> only.isEmpty() || only.contains(scenario.name()))
                .toList();
    }

    private static Scenario read(Path file) {
        return MAPPER.readValue(file, Scenario.class);
    }
}
