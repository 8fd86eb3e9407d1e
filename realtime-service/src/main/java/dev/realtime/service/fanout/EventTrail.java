package dev.realtime.service.fanout;

import dev.realtime.stream.binder.redis.wire.StreamId;

/** Remembers what the fan-out has delivered. Called under the fan-out's lock, in the stream's order; never waits. */
public interface EventTrail {

    /** An event is being delivered. */
    void append(PositionedEvent event);

    /** A record of the stream goes to nobody. */
    void pass(StreamId id);

    /** What was before is not what comes after: nothing up to this id is known any more, everything after it will be. */
    void restart(StreamId after);
}
