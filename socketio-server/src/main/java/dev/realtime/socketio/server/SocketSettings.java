package dev.realtime.socketio.server;

import java.time.Duration;

/**
 * The limits of a Socket.IO connection.
 *
 * @param admissionTimeout how long a connection may be without an admitted socket
 * @param maxWaitingMessages how many of a client's messages may wait before the connection is closed
 * @param pauseAtMessages how many may wait before the client is no longer read
 * @param pauseAtBytes how many bytes of them may wait before the client is no longer read
 * @param maxJson the most bytes of JSON in a packet that is parsed. A larger event without a listener here is skipped;
 *     any other larger packet ends the connection
 * @param maxValues the most values in that JSON, with the same consequence
 * @param maxConnects how many CONNECTs a client may send before it has an identity, which {@link Gate gates} assign
 * @param maxAttachments how many binary attachments a packet may have
 */
public record SocketSettings(
        Duration admissionTimeout,
        int maxWaitingMessages,
        int pauseAtMessages,
        int pauseAtBytes,
        int maxJson,
        int maxValues,
        int maxConnects,
        int maxAttachments) {

    public static final SocketSettings DEFAULT =
            new SocketSettings(Duration.ofSeconds(10), 10_000, 64, 256 * 1024, 16 * 1024, 1_000, 5, 10);
}
