package dev.realtime.service.recovery;

import org.springframework.stereotype.Component;

/**
 * The sessions whose connections are on this instance: keeps them in Redis for as long as their connections live. Never
 * waits; what it has to say to Redis follows within the window once Redis is there.
 */
@Component
public final class SessionKeeper {

    /** A connection is about to own a session: before it is claimed or saved, so that whoever takes it over is heard of. */
    public void enter(SessionRef ref, LiveSession session) {}

    /** It was saved, or claimed. */
    public void saved(SessionRef ref) {}

    /**
     * Redis was away when it was to be saved, or a change of its rooms may not be there: saves it as it is then, as soon as
     * Redis is back. What it missed before cannot be recovered.
     */
    public void unsaved(SessionRef ref) {}

    /** Its connection is gone, and may come back within the window. One that was never entered is fine. */
    public void park(SessionRef ref) {}

    /** It is over for good. */
    public void end(SessionRef ref) {}

    /** Another connection owns it. */
    public void forget(SessionRef ref) {}

    /**
     * This instance missed a part of the stream: no session that is here now can be recovered any more. Their connections
     * must have been cut off from live events before.
     */
    public void lost() {}

    /**
     * Ends the connection that owned a session until it was claimed: at once when it is on this instance, else by a command
     * to its own. Does nothing when there is none.
     */
    public void endPrevious(SavedSession claimed) {}
}
