package dev.realtime.service.drain;

import dev.realtime.service.board.Board;
import dev.realtime.service.gateway.sockets.SocketState;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Moves the sockets of users who are on an answered call last. */
@Component
@Order(0)
final class CallsLast implements DrainOrder {

    private final Board board;

    CallsLast(Board board) {
        this.board = board;
    }

    @Override
    public long place(SocketState socket) {
        return board.isTalking(socket.identity().userKey()) ? 1 : 0;
    }
}
