package dev.realtime.service.recovery;

/**
 * A session as one connection of this instance refers to it. Redis carries out a connection's operations on a session
 * only while the connection owns it, so a connection that was taken over can neither change nor end it.
 *
 * @param userKey the user whose session it is
 * @param hash identifies the session among the user's sessions
 * @param connection the number of the connection, unique on this instance
 */
public record SessionRef(String userKey, Pid.Hash hash, long connection) {

    /** Omits the hash, which is of no use in logs. */
    @Override
    public String toString() {
        return "SessionRef[userKey=" + userKey + ", connection=" + connection + "]";
    }
}
