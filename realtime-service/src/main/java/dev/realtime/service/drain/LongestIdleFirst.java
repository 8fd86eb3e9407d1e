package dev.realtime.service.drain;

import dev.realtime.service.gateway.sockets.SocketState;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Moves the sockets first whose clients have not sent a Socket.IO packet for the longest time: nobody is working there
 * now.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
final class LongestIdleFirst implements DrainOrder {

    @Override
    public long place(SocketState socket) {
        return -socket.idle().toNanos();
    }
}
