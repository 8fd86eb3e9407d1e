package dev.realtime.stream.binder.redis.properties;

/** How precisely a stream is trimmed. */
public enum TrimPolicy {
    /** By whole nodes of the stream: cheap, but keeps up to about a hundred more entries. */
    APPROXIMATE,

    /** To the entry; trimming by bytes always removes whole nodes. */
    EXACT,

    /**
     * To the entry, and never an entry that a group has not read and acknowledged; inspects the groups on each trim.
     */
    UNACKNOWLEDGED
}
