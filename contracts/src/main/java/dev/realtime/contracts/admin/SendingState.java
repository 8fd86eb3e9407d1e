package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What has become of a {@link Sending}. */
public enum SendingState {
    /** It waits for some seconds, in which it can be cancelled. */
    HELD,
    /** It waits for its time, and can be cancelled until then. */
    PLANNED,
    /** It is on its way into the stream: too late to be cancelled, too early to be recalled. */
    SENDING,
    /** Redis has the event; it can be recalled. */
    SENT,
    /** It was cancelled before it was sent. */
    CANCELLED,
    /** It was recalled after it had been sent. */
    RECALLED,
    /** Its {@code until} has passed: after it was sent, or, without an {@code event}, before it could be. */
    EXPIRED,
    /** It could not be sent. */
    FAILED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name on the wire: in lower case. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** Whether it can still be cancelled. */
    public boolean isWaiting() {
        return this == HELD || this == PLANNED;
    }

    public static Optional<SendingState> ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(state -> state.wireName.equals(wireName))
                .findFirst();
    }

    /** @throws IllegalArgumentException when there is no such state */
    @JsonCreator
    static SendingState parse(String wireName) {
        return ofWireName(wireName).orElseThrow(() -> new IllegalArgumentException("There is no such state"));
    }
}
