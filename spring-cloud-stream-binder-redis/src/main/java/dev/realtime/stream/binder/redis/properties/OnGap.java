package dev.realtime.stream.binder.redis.properties;

/** What to do if entries are missing. */
public enum OnGap {
    /** Publish an event, count it and continue. */
    REPORT,

    /** Publish an event, count it and stop the reader. */
    STOP
}
