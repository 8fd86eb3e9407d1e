package dev.realtime.stream.binder.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The long form of {@link FaultsTest}. Not part of the build: {@code tools/binder-faults.sh --minutes 10 --seed 1} runs it
 * and prints its table, which it writes to {@code target/faults.txt} line by line.
 */
class FaultSuite {

    @Test
    void everySetting() throws IOException {
        long seed = Long.getLong("faults.seed", System.nanoTime());
        List<Faults> settings = new ArrayList<>(Faults.lossless());
        settings.addAll(Faults.tedious());
        settings.addAll(Faults.forgetting());
        settings.removeIf(faults -> !faults.name().contains(System.getProperty("faults.only", "")));
        Duration each = Duration.ofMinutes(Long.getLong("faults.minutes", 10)).dividedBy(settings.size());
        List<FaultRun.Row> rows = new ArrayList<>();
        try (PrintWriter table = new PrintWriter(Files.newBufferedWriter(Path.of("target", "faults.txt")), true)) {
            table.println("seed " + seed);
            table.println(FaultRun.Row.HEAD);
            for (Faults faults : settings) {
                try (FaultRun run = new FaultRun(faults, seed + rows.size())) {
                    FaultRun.Row row = run.run(each, 1);
                    table.println(row);
                    rows.add(row);
                } catch (RuntimeException broken) {
                    table.println(faults.name() + ": " + broken);
                    throw broken;
                }
            }
        }
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.silent()).isZero();
            if (row.faults().durable()) {
                assertThat(row.anonymous().lost()
                                + row.anonymous().doubled()
                                + row.group().lost())
                        .isZero();
            }
        });
    }
}
