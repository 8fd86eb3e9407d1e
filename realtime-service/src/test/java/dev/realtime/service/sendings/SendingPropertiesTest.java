package dev.realtime.service.sendings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SendingPropertiesTest {

    private static SendingProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("realtime.sendings", SendingProperties.class);
    }

    @Test
    void theDefaultsAreValid() {
        SendingProperties defaults = bind(Map.of());
        assertThat(defaults.maxBytes().toMegabytes()).isEqualTo(32);
        assertThat(defaults.mostWaiting()).isEqualTo(1_000);
        assertThat(defaults.retryFor()).isEqualTo(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource({
        "max-bytes, 3MB",
        "max-bytes, 5GB",
        "most-waiting, 0",
        "most-waiting, 100001",
        "retry-for, 59s",
        "retry-for, 25h"
    })
    void whatIsOutOfBoundsIsRefusedByName(String name, String value) {
        String property = "realtime.sendings." + name;
        assertThatThrownBy(() -> bind(Map.of(property, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(property + " must be from ");
    }
}
