package dev.realtime.service.fanout;

import dev.realtime.service.payload.KnownMembers;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.List;

/** Remembers what the fan-out has delivered. Called under the fan-out's lock, in the stream's order; must not block. */
public interface EventTrail {

    /** An event is being delivered. */
    void append(PositionedEvent event, KnownMembers members);

    /** A record of the stream goes to no socket. */
    void pass(StreamId id);

    /** Starts over after this id: what was remembered belongs to another stream, or a gap follows it. */
    void restart(StreamId after);

    /** Tells several trails, in this order. */
    static EventTrail all(List<EventTrail> trails) {
        return new EventTrail() {
            @Override
            public void append(PositionedEvent event, KnownMembers members) {
                trails.forEach(trail -> trail.append(event, members));
            }

            @Override
            public void pass(StreamId id) {
                trails.forEach(trail -> trail.pass(id));
            }

            @Override
            public void restart(StreamId after) {
                trails.forEach(trail -> trail.restart(after));
            }
        };
    }
}
