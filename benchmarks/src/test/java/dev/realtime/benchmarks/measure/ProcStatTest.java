package dev.realtime.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcStatTest {

    @ParameterizedTest
    @ValueSource(strings = {"java", "node (1) 7 R", "a) S 1 1 (b", ")", ""})
    void readsTimesForAnyProcessName(String name) {
        ProcStat stat = ProcStat.parse(
                "4711 (" + name
                        + ") S 1 4711 4711 0 -1 4194560 2000 30 4 0 250 150 7 8 20 0 31 0 99999 1000 200 18446744073709551615\n");

        assertThat(stat).isEqualTo(new ProcStat(250, 150));
        assertThat(stat.micros()).isEqualTo(4_000_000);
    }

    @Test
    void residentMemoryIsInKilobytes() {
        assertThat(Costs.residentBytes("VmHWM:\t  900 kB\nVmRSS:\t  512 kB\nRssAnon:\t 1 kB\n"))
                .isEqualTo(512 * 1024);
    }

    @Test
    void aWorkingProcessHasCosts() {
        Costs costs = Costs.of(List.of(ProcessHandle.current().pid()));

        assertThat(costs.cpuMicros()).isPositive();
        assertThat(costs.residentBytes()).isGreaterThan(1 << 20);
    }
}
