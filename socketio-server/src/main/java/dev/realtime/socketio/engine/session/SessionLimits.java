package dev.realtime.socketio.engine.session;

import java.time.Duration;

/**
 * What one session may send.
 *
 * @param packetsPerSecond the sustained rate of packets, pings included
 * @param packetBurst how many packets may come at once after a silence
 * @param unidentifiedAfter how long a session may lack an identity before it counts as unidentified
 * @param bytesBeforeIdentity how many bytes in total before the session has an identity
 */
public record SessionLimits(
        int packetsPerSecond, int packetBurst, Duration unidentifiedAfter, int bytesBeforeIdentity) {

    public static final SessionLimits DEFAULT = new SessionLimits(100, 2_000, Duration.ofSeconds(2), 32 * 1024);
}
