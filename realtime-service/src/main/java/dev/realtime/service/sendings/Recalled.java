package dev.realtime.service.sendings;

import org.jspecify.annotations.Nullable;

/**
 * A sending that was recalled.
 *
 * @param sending its id
 * @param toConfirm the id of its event, by which it would be confirmed; null if nobody had to
 */
record Recalled(String sending, @Nullable String toConfirm) {

    static Recalled of(SendingEntry entry) {
        return new Recalled(entry.id(), entry.isToConfirm() ? entry.event() : null);
    }

    static Recalled parse(String text) {
        int space = text.indexOf(' ');
        return space < 0 ? new Recalled(text, null) : new Recalled(text.substring(0, space), text.substring(space + 1));
    }

    /** How it is kept in Redis. */
    String text() {
        return toConfirm == null ? sending : sending + " " + toConfirm;
    }
}
