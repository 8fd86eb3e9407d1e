package dev.realtime.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.benchmarks.measure.Measure;
import dev.realtime.benchmarks.servers.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScenariosTest {

    private static final Path FOLDER = Path.of("scenarios");

    @Test
    void allFilesAreRead() throws IOException {
        List<Scenario> scenarios = Scenarios.read(FOLDER, Set.of());

        assertThat(scenarios)
                .extracting(Scenario::name)
                .containsExactly(
                        "broadcast-1000",
                        "broadcast-5000",
                        "burst-1000",
                        "connect",
                        "idle-15000",
                        "latency-10",
                        "latency-1000",
                        "posts",
                        "two-instances");
        assertThat(scenarios).allSatisfy(scenario -> {
            assertThat(scenario.sides()).contains(Side.OURS);
            assertThat(scenario.targets()).isNotEmpty();
            assertThat(scenario.targets()).allSatisfy(target -> {
                if (target.against() != null) {
                    assertThat(scenario.sides()).contains(target.against());
                }
            });
        });
    }

    @Test
    void reportsMissingSides() {
        assertThatThrownBy(() -> Scenarios.read(FOLDER, Set.of("broadcast-1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("broadcast-1");
    }

    @Test
    void aRatioUsesTheOtherSidesValue() {
        Target target = new Target(Measure.CPU_PER_DELIVERY, Side.NODE, 0.6, null);
        double ratio = target.value(Map.of(
                        Side.OURS, Map.of(Measure.CPU_PER_DELIVERY, 6.0),
                        Side.NODE, Map.of(Measure.CPU_PER_DELIVERY, 12.0)))
                .orElseThrow();

        assertThat(ratio).isEqualTo(0.5);
        assertThat(target.isMet(ratio)).isTrue();
        assertThat(target.isMet(0.61)).isFalse();
        assertThat(target.value(Map.of(Side.OURS, Map.of(Measure.CPU_PER_DELIVERY, 6.0))))
                .isEmpty();
        assertThat(target.bound()).isEqualTo("≤ 0.6 of node");
    }

    @Test
    void aLowerBoundIsMetFromAbove() {
        Target target = new Target(Measure.POSTS_PER_SECOND, null, null, 2000.0);

        assertThat(target.isMet(2_001)).isTrue();
        assertThat(target.isMet(1_999)).isFalse();
        assertThat(target.used(4_000)).isEqualTo(0.5);
        assertThat(target.bound()).isEqualTo("≥ 2000");
    }
}
