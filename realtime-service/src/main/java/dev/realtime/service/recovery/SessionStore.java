package dev.realtime.service.recovery;

import dev.realtime.service.cluster.InstanceName;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * Sessions in Redis. Everything that waits does so for 2 s at most, throws a {@link
 * org.springframework.dao.DataAccessException} when Redis does not answer, and does that at once while Redis is known to be
 * away. For virtual threads: calls of many gather into batches.
 */
@Component
public final class SessionStore {

    private final String instance;
    private final AtomicLong connections = new AtomicLong();

    SessionStore(InstanceName self) {
        this.instance = self.value();
    }

    /** A session as a new connection of this instance refers to it. Never waits. */
    public SessionRef ref(String userKey, Pid pid) {
        return new SessionRef(userKey, pid.hash(), connections.incrementAndGet());
    }

    /** The owner that a connection of this instance is. */
    public Owner owner(SessionRef ref) {
        return new Owner(instance, ref.connection());
    }

    /** Saves a session. */
    public void open(NewSession session) {
        throw new UnsupportedOperationException();
    }

    /** Makes a connection the owner of a session of its user, and answers what is known of it and who owned it. Atomic. */
    public Claim claim(SessionRef ref) {
        throw new UnsupportedOperationException();
    }

    /**
     * Saves what rooms a session joined and left.
     *
     * @return false when another connection owns the session, or it has ended: nothing was changed
     */
    public boolean change(SessionRef ref, RoomChange change) {
        throw new UnsupportedOperationException();
    }
}
