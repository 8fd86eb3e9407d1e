package dev.realtime.service.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.unit.DataSize;

class RecoveryPropertiesTest {

    private static final DataSize MEGABYTES = DataSize.ofMegabytes(32);

    @Test
    void nonsenseIsRefusedByName() {
        for (Duration window : new Duration[] {Duration.ofSeconds(9), Duration.ofHours(2)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RecoveryProperties(true, window, MEGABYTES))
                    .withMessageContaining("realtime.recovery.window");
        }
        for (DataSize size : new DataSize[] {DataSize.ofKilobytes(1), DataSize.ofGigabytes(2)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RecoveryProperties(true, Duration.ofMinutes(2), size))
                    .withMessageContaining("realtime.recovery.ring-bytes");
        }
    }

    private static String minAge(Map<String, Object> configured) {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", configured));
            new KeptEvents().initialize(context);
            return context.getEnvironment().getProperty(KeptEvents.MIN_AGE);
        }
    }

    @Test
    void nothingIsTrimmedThatASessionMayStillAskFor() {
        assertThat(Duration.parse(minAge(Map.of()))).isEqualTo(Duration.ofSeconds(150 + 15));
        assertThat(Duration.parse(minAge(Map.of("realtime.recovery.window", "20s"))))
                .isEqualTo(Duration.ofSeconds(25 + 15));
        assertThat(minAge(Map.of(KeptEvents.MIN_AGE, "1h"))).as("configured").isEqualTo("1h");
    }
}
