package dev.realtime.stream.binder.redis.properties;

/** When an entry is acknowledged to its consumer group. */
public enum AckMode {
    /** After the message was handled, or became a dead letter. */
    AUTO,

    /** When the application says so, by the header with the acknowledgement callback. */
    MANUAL,

    /** By being read: what is being handled when the process dies is lost. */
    NONE
}
