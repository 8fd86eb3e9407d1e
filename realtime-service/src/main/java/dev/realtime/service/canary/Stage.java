package dev.realtime.service.canary;

import java.util.Locale;

/** Where a canary was lost: the first stage that it did not pass. */
enum Stage {
    /** Redis refused it, or did not answer for it. */
    PUBLISH("Redis does not take what this instance publishes"),
    /** Redis has it, and it was not read. */
    READ("This instance does not read the stream of events"),
    /** It was read, and the fan-out did not bring it to a queue. */
    FAN_OUT("The fan-out of this instance does not deliver");

    private final String words;

    Stage(String words) {
        this.words = words;
    }

    /** As it stands in metrics and in front of health's sentences. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String words() {
        return words;
    }

    /** Whether clients get nothing here that another instance may bring them. */
    boolean isDeaf() {
        return this != PUBLISH;
    }
}
