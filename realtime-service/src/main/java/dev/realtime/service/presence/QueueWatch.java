package dev.realtime.service.presence;

import dev.realtime.contracts.Room;
import dev.realtime.service.fanout.Member;
import dev.realtime.service.fanout.RoomIndex;
import dev.realtime.service.heartbeat.Beating;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks at all of this instance's sockets once a second, for how much waits for each. What is sent to them costs nothing
 * more for it, and the cluster hears of a socket at most once a second, only when it came to another step.
 */
@Component
final class QueueWatch extends Beating {

    private static final Logger log = LoggerFactory.getLogger(QueueWatch.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final RoomIndex index;

    QueueWatch(RoomIndex index) {
        super("queue-watch");
        this.index = index;
    }

    @Override
    protected Duration beat() {
        try {
            // Only collected in the room: a member is locked before a room, never within.
            List<Member> all = new ArrayList<>(index.size());
            index.forEachIn(Room.EVERYONE, all::add);
            all.forEach(Member::lookAtQueue);
        } catch (RuntimeException e) {
            log.warn("The sockets' queues were not looked at", e);
        }
        return INTERVAL;
    }
}
