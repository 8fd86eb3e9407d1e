package dev.realtime.socketio.engine.session;

import java.time.Duration;

/**
 * What one session may send.
 *
 * @param packetsPerSecond how many packets in the long run, pings included
 * @param packetBurst how many packets at once after a silence
 * @param unidentifiedAfter how long a session may be without an identity before it counts as an unidentified one
 * @param bytesBeforeIdentity how many bytes in all before the session has an identity
 */
public record SessionLimits(
        int packetsPerSecond, int packetBurst, Duration unidentifiedAfter, int bytesBeforeIdentity) {

    public static final SessionLimits DEFAULT = new SessionLimits(100, 2_000, Duration.ofSeconds(2), 32 * 1024);
}
