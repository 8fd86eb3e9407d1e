package dev.realtime.contracts.board;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person is doing. */
public enum PersonStatus {
    /** No tab is open, and no answered call goes on. */
    OFFLINE,
    /** Online, without a call. */
    FREE,
    /** Online, and a call of theirs waits for an answer. */
    RINGING,
    /** A call of theirs was answered and goes on, whether or not a tab is open. */
    TALKING;

    /** The name in JSON and in parameters: {@code offline}, {@code free}, {@code ringing} or {@code talking}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<PersonStatus> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(name))
                .findFirst();
    }

    @JsonCreator
    static PersonStatus parse(String name) {
        return ofWireName(name).orElseThrow(() -> new IllegalArgumentException("There is no such status of a person."));
    }
}
