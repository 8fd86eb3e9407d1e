package dev.realtime.service.fanout;

import dev.realtime.stream.binder.redis.StreamId;

/** Remembers what the fan-out has delivered. Called under the fan-out's lock, in the stream's order; must not block. */
public interface EventTrail {

    /** An event is being delivered. */
    void append(PositionedEvent event);

    /** A record of the stream goes to no socket. */
    void pass(StreamId id);

    /** Starts over after this id: what was remembered belongs to another stream, or a gap follows it. */
    void restart(StreamId after);
}
