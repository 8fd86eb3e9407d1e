package dev.realtime.contracts.board;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far a call has come. Which statuses mean which stage is configured in the gateway. */
public enum CallStage {
    /** Nobody has answered yet. */
    WAITING,
    /** Somebody has answered, and the call goes on. */
    TALKING,
    /** Nobody answered, and the caller has given up. */
    MISSED,
    /** It was answered and is over. */
    ENDED;

    /** The name in JSON and in parameters: {@code waiting}, {@code talking}, {@code missed} or {@code ended}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<CallStage> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(stage -> stage.wireName().equals(name))
                .findFirst();
    }

    @JsonCreator
    static CallStage parse(String name) {
        return ofWireName(name).orElseThrow(() -> new IllegalArgumentException("There is no such stage of a call."));
    }
}
