package dev.realtime.service.canary;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of the events' path through this instance.
 *
 * @param stage where canaries are lost; null while they come back, and while Redis does not answer
 * @param sentAt when the first lost canary was sent, by Redis' clock
 * @param words the details
 */
record Verdict(@Nullable Stage stage, long sentAt, String words) {

    static final Verdict WELL = new Verdict(null, 0, "");

    /** The stage where canaries are lost, if any. */
    Optional<Stage> lostAt() {
        return Optional.ofNullable(stage);
    }

    boolean isDeaf() {
        return stage != null && stage.isDeaf();
    }

    /** A sentence for health. */
    String sentence() {
        return stage == null ? "" : "canary_" + stage.code() + ": " + stage.words() + ": " + words;
    }
}
