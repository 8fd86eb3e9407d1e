package dev.realtime.benchmarks.load;

import java.util.List;

/** The protocol of a server. */
public enum Dialect {
    /** Engine.IO 4 and Socket.IO 5, with the service's REST API. */
    SOCKET_IO,
    /** One WebSocket per channel, and a publisher that forwards the request's body. */
    PLAIN;

    /** The target of a socket's GET. */
    String socketPath(String room) {
        return switch (this) {
            case SOCKET_IO -> "/socket.io/?EIO=4&transport=websocket";
            case PLAIN -> "/sub/" + channel(room);
        };
    }

    /** The target of a POST for a room. */
    String postPath(String room) {
        return switch (this) {
            case SOCKET_IO -> "/api/v1/broadcast/order-new";
            case PLAIN -> "/pub/" + channel(room);
        };
    }

    Payload payload(List<String> rooms) {
        return switch (this) {
            case SOCKET_IO -> Payload.rest(rooms);
            case PLAIN -> Payload.plain();
        };
    }

    private static String channel(String room) {
        return room.replace(':', '-');
    }
}
