package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamSubscription;
import java.util.function.LongSupplier;

/** Counts what happens while reading. The README lists the names of the meters. */
public interface StreamMetrics {

    /** Counts nothing. */
    StreamMetrics NONE = new StreamMetrics() {};

    /** A reader has started; its gauges can be read from now on. */
    default void subscribed(StreamSubscription subscription, Gauges gauges) {}

    /** A reader has stopped. */
    default void unsubscribed(StreamSubscription subscription) {}

    /** An event happened {@code count} times. */
    default void count(Event event, StreamSubscription subscription, long count) {}

    /** There is a dead letter stream, whose length can be read from now on. */
    default void deadLetterStream(String stream, String group, LongSupplier length) {}

    /** Values that can be read at any time. */
    interface Gauges {

        /** Number of entries not read yet; -1 if unknown. */
        long lag();

        /** Number of entries read but not acknowledged. */
        long pending();
    }

    /** The counted events. */
    enum Event {
        /** An entry was handled: the application returned without a failure. */
        HANDLED("handled"),
        /** An attempt to handle an entry failed. */
        FAILED("failed"),
        /** Entries were removed before they were read. */
        GAP("gaps"),
        /** The number of those entries, if known. */
        MISSED("missed"),
        /** The server lost entries that were read. */
        ROLLBACK("rollbacks"),
        /** A connection was replaced. */
        RECONNECT("reconnects"),
        /** An entry was taken over from another consumer. */
        CLAIM("claims"),
        /** An entry was published to the dead letter stream. */
        DEAD_LETTER("dead.letters"),
        /** An entry was given up without a dead letter stream. */
        DISCARDED("discarded"),
        /** A pending entry was trimmed before it was acknowledged. */
        LOST_PENDING("lost.pending"),
        /** A group had disappeared and was created again. */
        GROUP_RECREATED("groups.recreated");

        private final String meter;

        Event(String meter) {
            this.meter = meter;
        }

        /** Last part of the meter's name. */
        public String meter() {
            return meter;
        }
    }
}
