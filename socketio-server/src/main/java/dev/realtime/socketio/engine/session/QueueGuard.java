package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.protocol.EncodedPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the packets queued for all clients within the instance's limit. Each queue has its own limit, but many slow
 * clients could still fill the memory: at the limit, the clients with the longest queues are closed as too slow. A
 * packet that is queued for many clients counts once.
 *
 * <p>Queues are checked periodically, because a check for every packet would be too expensive.
 */
public final class QueueGuard {

    private static final Logger log = LoggerFactory.getLogger(QueueGuard.class);

    private static final Duration USUALLY = Duration.ofSeconds(1);
    private static final Duration WHEN_MUCH_WAITS = Duration.ofMillis(200);

    /** What a packet's place in a queue costs, in bytes. */
    private static final int PLACE = 8;

    private final EngineSessions sessions;
    private final long bound;
    private volatile long queued;

    /** @param bound how many bytes may be queued for all clients together */
    public QueueGuard(EngineSessions sessions, long bound) {
        this.sessions = sessions;
        this.bound = bound;
    }

    /**
     * The bytes queued for all clients at the last {@link #check()}; a packet for many clients counts once for each.
     */
    public long queuedBytes() {
        return queued;
    }

    /** Checks all queues and returns the delay until the next check. One call at a time. */
    public Duration check() {
        queued = sessions.queuedBytes();
        if (queued > bound) {
            relieve();
        }
        return queued > bound / 2 ? WHEN_MUCH_WAITS : USUALLY;
    }

    /** Counts exactly, and closes the clients with the longest queues until the rest is within the limit. */
    void relieve() {
        List<Queue> queues = new ArrayList<>();
        Map<EncodedPacket, int[]> holders = new IdentityHashMap<>();
        long total = 0;
        for (EngineSession session : sessions.all()) {
            Queue queue = new Queue(session, session.queuedBytes(), new ArrayList<>());
            session.outgoing().forEachQueued(queue.packets()::add);
            if (!queue.packets().isEmpty()) {
                queues.add(queue);
                total += queue.places();
            }
            for (EncodedPacket packet : queue.packets()) {
                int[] count = holders.computeIfAbsent(packet, added -> new int[1]);
                if (count[0]++ == 0) {
                    total += Outbox.cost(packet);
                }
            }
        }
        queues.sort(Comparator.comparingLong(Queue::bytes).reversed());
        int ended = 0;
        for (Queue queue : queues) {
            if (total <= bound) {
                break;
            }
            total -= queue.places();
            for (EncodedPacket packet : queue.packets()) {
                int[] count = holders.get(packet);
                if (count != null && --count[0] == 0) {
                    total -= Outbox.cost(packet);
                }
            }
            queue.session().outgoing().giveUp();
            ended++;
        }
        if (ended > 0) {
            log.warn(
                    "The queues of slow clients exceed their limit: closing the {} sessions with the longest queues",
                    ended);
        }
    }

    private record Queue(EngineSession session, long bytes, List<EncodedPacket> packets) {

        long places() {
            return (long) PLACE * packets.size();
        }
    }
}
