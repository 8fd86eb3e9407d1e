package dev.realtime.service.journal;

import dev.realtime.service.fanout.EventTrail;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.payload.KnownMembers;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The entries of this instance's connections, until they have ended and are in Redis. */
@Component
final class OpenEntries implements EventTrail {

    final Set<SocketEntry> all = ConcurrentHashMap.newKeySet();

    @Override
    public void append(PositionedEvent event, KnownMembers members) {
        // Who got it follows from the entries.
    }

    @Override
    public void pass(StreamId id) {
        // It went to nobody.
    }

    /** From here on the fan-out delivers nothing to those who are here. */
    @Override
    public void restart(StreamId after) {
        all.forEach(entry -> entry.cut(after));
    }
}
