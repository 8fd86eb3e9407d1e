package dev.realtime.service.recovery;

import org.jspecify.annotations.Nullable;

/**
 * A connection that owns a session.
 *
 * @param instance the name of the instance it is on
 * @param connection its number there
 */
public record Owner(String instance, long connection) {

    /** Reads what {@link #toString()} prints; null for a session that is parked. */
    static @Nullable Owner parse(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? null : new Owner(text.substring(0, dot), Long.parseLong(text, dot + 1, text.length(), 10));
    }

    /** As it stands in Redis. */
    @Override
    public String toString() {
        return instance + "." + connection;
    }
}
