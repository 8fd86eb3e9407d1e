package dev.realtime.service.board.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.contracts.Room;
import dev.realtime.service.board.announce.UnansweredProperties.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class UnansweredPropertiesTest {

    /** Binds {@code name=value} pairs separated by semicolons. */
    private static UnansweredProperties bind(String settings) {
        Map<String, String> values = new HashMap<>();
        for (String setting : settings.split(";")) {
            if (!setting.isBlank()) {
                String[] pair = setting.split("=", -1);
                values.put("realtime.board." + pair[0], pair[1]);
            }
        }
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("realtime.board", UnansweredProperties.class);
    }

    @Test
    void byDefaultDirectorsHearOfItAfterTwentySeconds() {
        assertThat(bind("").steps()).containsExactly(new Step(1, Duration.ofSeconds(20), List.of(Room.DIRECTORS)));
    }

    @Test
    void furtherStepsHaveTheirOwnRooms() {
        assertThat(
                        bind("unanswered-after=5s;unanswered-steps[0].after=1m;unanswered-steps[0].rooms=everyone,city:Пермь")
                                .steps())
                .containsExactly(
                        new Step(1, Duration.ofSeconds(5), List.of(Room.DIRECTORS)),
                        new Step(2, Duration.ofMinutes(1), List.of(Room.parse("everyone"), Room.city("Пермь"))));
    }

    @Test
    void tenFurtherStepsAreAllowed() {
        StringBuilder settings = new StringBuilder("unanswered-after=1s");
        for (int n = 0; n < 10; n++) {
            settings.append(
                    ";unanswered-steps[%d].after=%ds;unanswered-steps[%d].rooms=directors".formatted(n, n + 2, n));
        }
        assertThat(bind(settings.toString()).steps()).hasSize(11);
        settings.append(";unanswered-steps[10].after=1m;unanswered-steps[10].rooms=directors");
        assertThatThrownBy(() -> bind(settings.toString()))
                .rootCause()
                .hasMessageContaining("realtime.board.unanswered-steps must be at most 10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unanswered-after=-1s|unanswered-after must be from 1s",
                "unanswered-after=1500ms|unanswered-after must be from 1s",
                "unanswered-after=25h|unanswered-after must be from 1s",
                "unanswered-rooms=|unanswered-rooms must name",
                "unanswered-rooms=nowhere:|unanswered-rooms: ",
                "unanswered-steps[0].after=20s;unanswered-steps[0].rooms=directors"
                        + "|unanswered-steps[0].after must be longer",
                "unanswered-steps[0].rooms=directors|unanswered-steps[0].after must be from 1s",
                "unanswered-steps[0].after=30s|unanswered-steps[0].rooms must name",
                "unanswered-after=0;unanswered-steps[0].after=0s;unanswered-steps[0].rooms=directors"
                        + "|unanswered-steps[0].after must be from 1s",
            })
    void whatIsWrongIsNamed(String example) {
        String[] parts = example.split("\\|");
        assertThatThrownBy(() -> bind(parts[0])).hasStackTraceContaining("realtime.board." + parts[1]);
    }
}
