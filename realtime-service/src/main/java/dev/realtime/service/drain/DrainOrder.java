package dev.realtime.service.drain;

import dev.realtime.service.gateway.sockets.SocketState;

/**
 * Decides which sockets move first when an instance drains. All beans of this type are asked, in Spring's order: a
 * later bean decides only between sockets that the earlier beans ranked equal. The last is {@link LongestIdleFirst}.
 */
public interface DrainOrder {

    /**
     * Returns a socket's current rank; lower ranks move first. Called about once a second for each socket that is still
     * here, on one thread. Must not block.
     */
    long place(SocketState socket);
}
