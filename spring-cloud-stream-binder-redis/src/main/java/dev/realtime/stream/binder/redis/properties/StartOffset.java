package dev.realtime.stream.binder.redis.properties;

/** Where reading begins when there is no position yet. */
public enum StartOffset {
    /** With the oldest entry there is. */
    EARLIEST,

    /** With the first entry added from now on. */
    LATEST
}
