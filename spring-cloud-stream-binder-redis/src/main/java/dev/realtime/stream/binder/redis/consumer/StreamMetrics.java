package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamSubscription;

/** What is counted while reading. The names of the meters are in the README. */
public interface StreamMetrics {

    /** Counts nothing. */
    StreamMetrics NONE = new StreamMetrics() {};

    /** A reader has begun; its lag, pending entries and age of the last poll can be asked from now on. */
    default void subscribed(StreamSubscription subscription, Gauges gauges) {}

    /** A reader has ended. */
    default void unsubscribed(StreamSubscription subscription) {}

    /** Something happened, {@code count} times. */
    default void count(Event event, StreamSubscription subscription, long count) {}

    /** What can be asked at any time. */
    interface Gauges {

        /** Entries still to be read. */
        long lag();

        /** Entries read but not acknowledged. */
        long pending();
    }

    /** What is counted. */
    enum Event {
        /** A message was handled. */
        HANDLED("handled"),
        /** Entries went before they were read. */
        GAP("gaps"),
        /** How many, where that is known. */
        MISSED("missed"),
        /** The server lost entries that were read. */
        ROLLBACK("rollbacks"),
        /** A connection was replaced. */
        RECONNECT("reconnects"),
        /** An entry was taken over from another consumer. */
        CLAIM("claims"),
        /** A message went to the dead letter stream. */
        DEAD_LETTER("dead.letters"),
        /** A message was given up without a dead letter stream. */
        DISCARDED("discarded"),
        /** A pending entry was trimmed away before it was acknowledged. */
        LOST_PENDING("lost.pending"),
        /** A group had vanished and was created anew. */
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
