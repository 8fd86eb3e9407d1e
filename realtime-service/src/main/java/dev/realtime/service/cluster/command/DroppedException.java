package dev.realtime.service.cluster.command;

import java.util.Locale;

/** Signals that a record of the destination {@code control} is not acted upon. */
final class DroppedException extends Exception {

    private final Reason reason;
    private final int protocol;

    enum Reason {
        MALFORMED("it cannot be read"),
        FORGED("its sender does not know JWT_SECRET"),
        FOREIGN_VERSION("its protocol version is not supported"),
        STALE("it is too old, or its time is in the future"),
        REPLAYED("it was already accepted once"),
        OVERLOAD("too many commands arrive at once");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** The reason, for a log line. */
        String words() {
            return words;
        }

        /** The reason, as the metric's tag. */
        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    DroppedException(Reason reason) {
        this(reason, 0);
    }

    /** A record of an instance with another protocol version. */
    DroppedException(int protocol) {
        this(Reason.FOREIGN_VERSION, protocol);
    }

    private DroppedException(Reason reason, int protocol) {
        super(reason.words, null, false, false);
        this.reason = reason;
        this.protocol = protocol;
    }

    Reason reason() {
        return reason;
    }

    /** The record's protocol version; only for {@link Reason#FOREIGN_VERSION}. */
    int protocol() {
        return protocol;
    }
}
