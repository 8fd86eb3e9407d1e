package dev.realtime.stream.binder.redis.properties;

/** How exactly a stream is trimmed. */
public enum TrimPolicy {
    /** By whole nodes of the stream: cheap, keeps up to about a hundred entries more. */
    APPROXIMATE,

    /** To the entry; by bytes it is always whole nodes. */
    EXACT,

    /** To the entry, and never what a group has not read and acknowledged yet; costs a look at the groups on each trim. */
    UNACKNOWLEDGED
}
