package dev.realtime.service.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.stream.binder.redis.StreamId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

    @Test
    void isReadAsItIsPrinted() throws Exception {
        Position position = new Position("k3x9ab", new StreamId(1_796_000_000_123L, 7));
        assertThat(position).hasToString("k3x9ab-1796000000123-7");
        assertThat(Position.parse(position.toString())).isEqualTo(position);
        Position largest = new Position("zzzzzz", new StreamId(-1, -1));
        assertThat(largest.toString()).hasSize(Position.LONGEST);
        assertThat(Position.parse(largest.toString())).isEqualTo(largest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "k3x9ab",
                "k3x9ab-",
                "k3x9ab-1",
                "k3x9ab-1-",
                "k3x9ab--1",
                "k3x9ab--",
                "k3x9ab-1-2-3",
                "k3x9ab-1--2",
                "k3x9ab-+1-2",
                "k3x9ab-1-٢",
                "K3X9AB-1-2",
                "k3x9a-1-22",
                "k3x9abc-1-2",
                "k3x9ab-99999999999999999999-0",
                "k3x9ab-1-18446744073709551616",
                "k3x9ab-0000000000000000000000000000000000000000001-1",
                "1-2"
            })
    void nonsenseIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> Position.parse(text))
                .isInstanceOf(InvalidPositionException.class)
                .message()
                .doesNotContain(text.isEmpty() || text.equals("-") ? "k3x9ab" : text);
    }
}
