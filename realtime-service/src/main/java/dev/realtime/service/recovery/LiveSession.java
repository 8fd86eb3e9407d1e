package dev.realtime.service.recovery;

import dev.realtime.contracts.Room;
import java.util.Collection;

/** A session's connection on this instance, as {@link SessionKeeper} sees it. Nothing here waits. */
public interface LiveSession {

    /** The Socket.IO id. */
    String socketId();

    /** See {@link Grants}; as they are now. */
    String grants();

    /** The rooms it is in now, the room of its role among them. */
    Collection<Room> savedRooms();

    /**
     * Another connection owns the session now: ends this one without telling its client. Must not park the session.
     */
    void onTakenOver();
}
