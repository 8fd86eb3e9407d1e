package dev.realtime.service.recovery;

import dev.realtime.contracts.Room;
import java.util.Collection;

/** A session's connection on this instance, as {@link SessionKeeper} sees it. No method waits. */
public interface LiveSession {

    /** The Socket.IO id. */
    String socketId();

    /** The current grants, see {@link Grants}. */
    String grants();

    /** The rooms that the session is in now, including the room of its role. */
    Collection<Room> savedRooms();

    /**
     * Another connection owns the session now: ends this connection without telling its client. Must not park the
     * session.
     */
    void onTakenOver();
}
