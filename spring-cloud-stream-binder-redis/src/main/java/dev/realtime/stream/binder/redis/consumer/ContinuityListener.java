package dev.realtime.stream.binder.redis.consumer;

/** Hears when what was read and what the server holds do not fit together. */
interface ContinuityListener {

    /** Entries went before they were read; {@code entries} is -1 when nobody can tell how many. */
    void gap(String expectedId, String foundId, long entries);

    /** The server lost entries that were read; {@code entries} is -1 when nobody can tell how many. */
    void rollback(String expectedId, String foundId, long entries);
}
