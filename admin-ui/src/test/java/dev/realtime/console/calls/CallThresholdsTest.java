package dev.realtime.console.calls;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallThresholdsTest {

    @Test
    void theAlarmComesAfterTheWarning() {
        assertThatThrownBy(() -> new CallThresholds(Duration.ofSeconds(20), Duration.ofSeconds(20)))
                .hasMessageContaining("console.calls.alarm-after");
        assertThatThrownBy(() -> new CallThresholds(Duration.ZERO, Duration.ofSeconds(20)))
                .hasMessageContaining("console.calls.warn-after");
    }
}
