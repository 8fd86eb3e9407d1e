package dev.realtime.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "operators",
                "directors",
                "city:Саратов",
                "city:Нижний Новгород",
                "city:東京",
                "operator:17",
                "order:2024-001:b",
                "user:00f3"
            })
    void printsWhatItParsed(String printed) {
        assertThat(Room.parse(printed)).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "admins", "city", "operators:", "operators:1", "Operators", "room:1", ":", "operator"})
    void refusesOtherKinds(String printed) {
        assertThat(refusal(printed)).isEqualTo(ErrorCode.ROOM_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"city:", "city: ", "city: x", "city:x ", "city:a\u0000b", "city:a\nb", "city:\uD83D"})
    void refusesUnusableNames(String printed) {
        assertThat(refusal(printed)).isEqualTo(ErrorCode.ROOM_INVALID);
    }

    @Test
    void countsCharactersAndNotCodeUnits() {
        assertThat(Room.parse("city:" + "😀".repeat(40))).isNotNull();
        assertThat(Room.parse("city:" + "я".repeat(95))).isNotNull();
        assertThat(refusal("city:" + "я".repeat(96))).isEqualTo(ErrorCode.ROOM_INVALID);
    }

    @Test
    void countsBytesToo() {
        assertThat(Room.parse("city:" + "漢".repeat(83))).isNotNull();
        assertThat(refusal("city:" + "漢".repeat(84))).isEqualTo(ErrorCode.ROOM_INVALID);
        assertThat(Room.parse("city:aaa" + "😀".repeat(62))).isNotNull();
        assertThat(refusal("city:aaaa" + "😀".repeat(62))).isEqualTo(ErrorCode.ROOM_INVALID);
    }

    @Test
    void equalsTheSameNameInAnotherNormalizationForm() {
        assertThat(Room.parse("city:Нижнии\u0306 Новгород")).isEqualTo(Room.parse("city:Нижний Новгород"));
    }

    private static ErrorCode refusal(String printed) {
        return catchThrowableOfType(InvalidRoomException.class, () -> Room.parse(printed))
                .code();
    }
}
