package dev.realtime.service.presence;

import dev.realtime.contracts.Room;
import dev.realtime.service.fanout.Member;
import dev.realtime.service.fanout.RoomIndex;
import dev.realtime.service.heartbeat.Beating;
import dev.realtime.socketio.engine.session.Backlogs;
import dev.realtime.socketio.engine.session.EngineSessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Checks the queued bytes of all this instance's sockets, once a second while any socket has a long queue and once a
 * minute otherwise. Sending to sockets costs nothing extra, and the cluster hears about a socket at most once a second,
 * and only if its queue reached another step.
 */
@Component
final class QueueWatch extends Beating {

    private static final Logger log = LoggerFactory.getLogger(QueueWatch.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** A queue may have become long before its socket entered. */
    private static final int ANYHOW_EVERY = 60;

    private final RoomIndex index;
    private final Backlogs backlogs;
    private boolean anyLong;
    private int beats;

    QueueWatch(RoomIndex index, EngineSessions sessions) {
        super("queue-watch");
        this.index = index;
        this.backlogs = sessions.backlogs();
    }

    @Override
    protected Duration beat() {
        if (backlogs.take() || anyLong || ++beats >= ANYHOW_EVERY) {
            beats = 0;
            try {
                anyLong = look();
            } catch (RuntimeException e) {
                log.warn("The sockets' queues could not be checked; trying again", e);
                anyLong = true;
            }
        }
        return INTERVAL;
    }

    /** Returns whether any queue is long. */
    private boolean look() {
        // The members are only collected inside the room: a member's lock is taken before a room's, never after.
        List<Member> all = new ArrayList<>(index.size());
        index.forEachIn(Room.EVERYONE, all::add);
        all.forEach(Member::lookAtQueue);
        return all.stream().anyMatch(member -> member.queueStep() > 0);
    }
}
