package dev.realtime.service.drain;

import dev.realtime.service.gateway.sockets.SocketState;

/**
 * Which sockets move first when an instance drains. All beans of this type are asked, in Spring's order: a later one decides
 * only among sockets that the earlier ones put in the same place. The last is {@link LongestIdleFirst}.
 */
public interface DrainOrder {

    /**
     * A socket's place as things are now; lower ones move first. Asked about once a second for each socket that is still
     * here, on one thread. Must not wait.
     */
    long place(SocketState socket);
}
