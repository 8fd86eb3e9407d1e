package dev.realtime.service.recovery;

import org.jspecify.annotations.Nullable;

/**
 * A connection that owns a session.
 *
 * @param instance the name of the connection's instance
 * @param connection the connection's number on that instance
 */
public record Owner(String instance, long connection) {

    /** Parses the output of {@link #toString()}; null for a parked session. */
    static @Nullable Owner parse(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? null : new Owner(text.substring(0, dot), Long.parseLong(text, dot + 1, text.length(), 10));
    }

    /** The form in Redis. */
    @Override
    public String toString() {
        return instance + "." + connection;
    }
}
