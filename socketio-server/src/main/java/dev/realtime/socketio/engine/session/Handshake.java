package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.engine.wire.Revision;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the request that opened a session.
 *
 * @param revision which Engine.IO the client speaks
 * @param clientAddress the client's address as the {@code ClientResolver} found it
 * @param token the token from the Authorization header or the cookie, if there was one
 * @param userAgent the browser, or whatever it is
 */
public record Handshake(
        Revision revision,
        InetAddress clientAddress,
        @Nullable String token,
        @Nullable String userAgent) {

    /** Without the token: handshakes end up in logs. */
    @Override
    public String toString() {
        return "Handshake[clientAddress=" + clientAddress.getHostAddress() + "]";
    }
}
