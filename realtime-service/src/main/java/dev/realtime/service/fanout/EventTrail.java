package dev.realtime.service.fanout;

import dev.realtime.stream.binder.redis.wire.StreamId;

/** Remembers what the fan-out has delivered. Called under the fan-out's lock, in the stream's order; never waits. */
public interface EventTrail {

    /** An event is being delivered. */
    void append(PositionedEvent event);

    /** A record of the stream goes to nobody. */
    void pass(StreamId id);

    /** Begins anew after this id: what was remembered is of another stream, or has a gap behind it. */
    void restart(StreamId after);
}
