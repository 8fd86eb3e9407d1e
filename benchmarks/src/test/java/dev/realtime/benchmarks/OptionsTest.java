package dev.realtime.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.benchmarks.servers.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void theOlderAndTheNewJarTakeTurnsToBeFirst() {
        Options options = Options.parse(List.of("--baseline", "/tmp/old.jar", "--peers", "node", "--quick"));

        assertThat(options.rounds()).isEqualTo(6);
        assertThat(options.sidesOf(1)).containsExactly(Side.BASELINE, Side.OURS, Side.NODE);
        assertThat(options.sidesOf(2)).containsExactly(Side.OURS, Side.BASELINE, Side.NODE);
        assertThat(options.sidesOf(3)).isEqualTo(options.sidesOf(1));
    }

    @Test
    void theOlderJarNeedsNoPeers() {
        assertThat(Options.parse(List.of("--peers", "none", "--baseline", "/tmp/old.jar", "--only", "posts"))
                        .sidesOf(2))
                .containsExactly(Side.OURS, Side.BASELINE);
        assertThat(Options.parse(List.of("--peers", "none")).sidesOf(1)).containsExactly(Side.OURS);
        assertThat(Options.parse(List.of()).sidesOf(1))
                .containsExactly(Side.OURS, Side.NODE, Side.NODE_REDIS, Side.NCHAN);
    }

    @Test
    void fiveRoundsAreTooFewForTheOlderJar() {
        assertThatThrownBy(() -> Options.parse(List.of("--baseline", "/tmp/old.jar", "--rounds", "5")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 6");
    }
}
