package dev.realtime.stream.binder.redis.properties;

/** What to do when entries are missing. */
public enum OnGap {
    /** Publish an event, count it, and go on. */
    REPORT,

    /** Publish an event, count it, and stop the reader. */
    STOP
}
