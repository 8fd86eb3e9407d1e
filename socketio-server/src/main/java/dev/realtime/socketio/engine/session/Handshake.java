package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.engine.wire.Revision;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the request that opened a session.
 *
 * @param revision the Engine.IO revision that the client speaks
 * @param readsBytes whether the client reads polling bodies of bytes: it did not say {@code b64=1}; revision 3 only
 * @param clientAddress the client's address as found by the {@code ClientResolver}
 * @param token the token from the Authorization header or the cookie, if any
 * @param userAgent the {@code User-Agent} header, possibly truncated
 */
public record Handshake(
        Revision revision,
        boolean readsBytes,
        InetAddress clientAddress,
        @Nullable String token,
        @Nullable String userAgent) {

    /** Omits the token: handshakes end up in logs. */
    @Override
    public String toString() {
        return "Handshake[clientAddress=" + clientAddress.getHostAddress() + "]";
    }
}
