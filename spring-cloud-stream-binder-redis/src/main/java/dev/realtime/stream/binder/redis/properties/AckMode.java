package dev.realtime.stream.binder.redis.properties;

/** When an entry is acknowledged to its consumer group. */
public enum AckMode {
    /** After the message was handled or became a dead letter. */
    AUTO,

    /** By the application, through the acknowledgement callback in the headers. */
    MANUAL,

    /** Before the message is handed over: what is being handled when the process dies is lost. */
    NONE
}
