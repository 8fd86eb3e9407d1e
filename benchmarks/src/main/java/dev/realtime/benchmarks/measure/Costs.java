package dev.realtime.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The costs of processes and their children so far, by the kernel's accounting.
 *
 * @param cpuMicros CPU time in microseconds; the kernel counts in steps of 10 ms
 * @param residentBytes VmRSS, the resident memory
 */
public record Costs(long cpuMicros, long residentBytes) {

    private static final Path PROC = Path.of("/proc");

    public static Costs of(List<Long> pids) {
        long micros = 0;
        long bytes = 0;
        for (long pid : withChildren(pids)) {
            micros += ProcStat.parse(read(pid, "stat")).micros();
            bytes += residentBytes(read(pid, "status"));
        }
        return new Costs(micros, bytes);
    }

    static long residentBytes(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static List<Long> withChildren(List<Long> pids) {
        List<Long> all = new ArrayList<>(pids);
        for (int i = 0; i < all.size(); i++) {
            ProcessHandle.of(all.get(i))
                    .ifPresent(process -> process.children().forEach(child -> all.add(child.pid())));
        }
        return all;
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(PROC.resolve(Long.toString(pid)).resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("A server that is measured is gone", e);
        }
    }
}
