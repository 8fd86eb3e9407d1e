package dev.realtime.socketio.server;

import java.time.Duration;

/**
 * The bounds of a Socket.IO connection.
 *
 * @param admissionTimeout how long a connection may be without a socket that has been let in
 * @param maxWaitingMessages how many of a client's messages may wait to be handled before it is closed
 * @param pauseAtMessages how many may wait before no more are read from the client
 * @param pauseAtBytes how many bytes of them may wait before no more are read
 * @param maxJson how many bytes of JSON a packet may have to be looked at. A longer event that nobody here listens to is
 *     passed over, any other packet ends the connection
 * @param maxValues how many values there may be in it, with the same consequence
 * @param maxConnects how many CONNECTs a client may send before it has an identity, which {@link Gate gates} give
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
