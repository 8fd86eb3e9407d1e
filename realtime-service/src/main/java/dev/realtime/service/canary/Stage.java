package dev.realtime.service.canary;

import java.util.Locale;

/** The first stage that a lost canary did not pass. */
enum Stage {
    /** Redis refused the canary, or did not answer. */
    PUBLISH("Redis does not accept what this instance publishes"),
    /** Redis has the canary, but this instance has not read it. */
    READ("This instance does not read the event stream"),
    /** The canary was read, but the fan-out did not put it into a queue. */
    FAN_OUT("The fan-out of this instance does not deliver events");

    private final String words;

    Stage(String words) {
        this.words = words;
    }

    /** The code in metrics and at the beginning of health's sentences. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String words() {
        return words;
    }

    /** Whether clients get no events here that another instance could deliver. */
    boolean isDeaf() {
        return this != PUBLISH;
    }
}
