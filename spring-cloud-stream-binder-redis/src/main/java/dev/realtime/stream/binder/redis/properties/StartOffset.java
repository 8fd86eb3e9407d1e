package dev.realtime.stream.binder.redis.properties;

/** Where reading starts without a position. */
public enum StartOffset {
    /** With the oldest existing entry. */
    EARLIEST,

    /** With the first entry added from now on. */
    LATEST
}
