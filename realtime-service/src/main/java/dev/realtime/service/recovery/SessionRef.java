package dev.realtime.service.recovery;

/**
 * A session, as one connection of this instance refers to it. What a connection asks of a session is done only while it owns
 * the session, so that one that was taken over changes and ends nothing any more.
 *
 * @param userKey whose session it is
 * @param hash which of the user's
 * @param connection the number of the connection on this instance; no two have the same
 */
public record SessionRef(String userKey, Pid.Hash hash, long connection) {

    /** Without the hash, which nobody who reads logs has a use for. */
    @Override
    public String toString() {
        return "SessionRef[userKey=" + userKey + ", connection=" + connection + "]";
    }
}
