package dev.realtime.service.receipts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ReceiptPropertiesTest {

    private static ReceiptProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("realtime.receipts", ReceiptProperties.class);
    }

    @Test
    void theDefaultsAreValid() {
        ReceiptProperties defaults = bind(Map.of());
        assertThat(defaults.retention()).isEqualTo(Duration.ofHours(24));
        assertThat(defaults.maxBytes().toMegabytes()).isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource({
        "retention, 11h",
        "retention, 31d",
        "max-bytes, 1000KB",
        "max-bytes, 5GB",
        "most-users, 0",
        "most-users, 10001",
        "confirms-per-second, 0",
        "confirm-burst, 10001"
    })
    void whatIsOutOfBoundsIsRefusedByName(String name, String value) {
        String property = "realtime.receipts." + name;
        assertThatThrownBy(() -> bind(Map.of(property, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(property + " must be from ");
    }
}
