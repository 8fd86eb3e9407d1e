package dev.realtime.benchmarks.report;

import dev.realtime.benchmarks.servers.Places;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The machine of the measurement, without its name.
 *
 * @param cores number of processors
 * @param lines the processor, the memory, the kernel, and the versions of the measured programs
 */
public record Machine(int cores, List<String> lines) {

    private static final Pattern MODEL = Pattern.compile("model name\\s*: (.*)");
    private static final Pattern MEMORY = Pattern.compile("MemTotal:\\s*(\\d+) kB");
    private static final Pattern CPU = Pattern.compile("(?m)^processor\\s*:");

    public Machine {
        lines = List.copyOf(lines);
    }

    /** @param baseline an older jar of the service; null for none */
    public static Machine ofThis(Places places, @Nullable Path baseline) throws IOException {
        String cpus = Files.readString(Path.of("/proc/cpuinfo"));
        int cores = Math.max(1, (int) CPU.matcher(cpus).results().count());
        long megabytes = Long.parseLong(first(MEMORY, Files.readString(Path.of("/proc/meminfo")))) / 1024;
        List<String> lines = new ArrayList<>();
        lines.add("%d × %s, %,d MB, Linux %s"
                .formatted(cores, first(MODEL, cpus), megabytes, System.getProperty("os.version")));
        lines.add("Java " + Runtime.version() + ", Node " + output("node", "--version"));
        Path node = places.root().resolve("benchmarks/peers/node/package.json");
        Matcher packages = Pattern.compile("\"(@?[a-z./-]+)\": \"([0-9.]+)\"").matcher(Files.readString(node));
        List<String> versions = new ArrayList<>();
        while (packages.find()) {
            versions.add(packages.group(1) + " " + packages.group(2));
        }
        lines.add(String.join(", ", versions));
        Path debian = places.root().resolve("benchmarks/target/nchan.packages");
        if (Files.isDirectory(debian)) {
            try (var files = Files.list(debian)) {
                lines.add(files.map(file -> file.getFileName()
                                .toString()
                                .replaceAll("%3a", ":")
                                .replaceAll("_[a-z0-9]+\\.deb$", "")
                                .replace('_', ' '))
                        .sorted()
                        .reduce((a, b) -> a + ", " + b)
                        .orElse(""));
            }
        }
        lines.add("Commit " + output("git", "-C", places.root().toString(), "rev-parse", "--short", "HEAD"));
        if (baseline != null) {
            lines.add("Baseline " + baseline.getFileName() + ", SHA-256 "
                    + output("sha256sum", baseline.toString()).replaceFirst(" .*", ""));
        }
        return new Machine(cores, lines);
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1).strip() : "0";
    }

    private static String output(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(command).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "none";
        }
    }
}
