package dev.realtime.stream.binder.redis.consumer;

/** Receives contradictions between what was read and what the server holds. */
interface ContinuityListener {

    /** Entries were removed before they were read; {@code entries} is -1 if the number is unknown. */
    void gap(String expectedId, String foundId, long entries);

    /** The server lost entries that were read; {@code entries} is -1 if the number is unknown. */
    void rollback(String expectedId, String foundId, long entries);

    /** The connection that the stream shares with others was replaced. */
    default void reconnected() {}
}
