package dev.realtime.socketio.engine.websocket;

import dev.realtime.socketio.engine.session.EndReason;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;

/** Which status a close frame has (RFC 6455 section 7.4.1). */
final class CloseStatus {

    private CloseStatus() {}

    /** A client's misbehavior above the frames is a policy violation, not a protocol error. */
    static WebSocketCloseStatus of(EndReason reason) {
        return switch (reason) {
            case PROTOCOL_ERROR, POLICY_VIOLATION -> WebSocketCloseStatus.POLICY_VIOLATION;
            default -> WebSocketCloseStatus.NORMAL_CLOSURE;
        };
    }

    /** For what the frame decoders throw. */
    static WebSocketCloseStatus of(Throwable cause) {
        return switch (cause) {
            case CorruptedWebSocketFrameException corrupted -> corrupted.closeStatus();
            case TooLongFrameException ignored -> WebSocketCloseStatus.MESSAGE_TOO_BIG;
            default -> WebSocketCloseStatus.PROTOCOL_ERROR;
        };
    }
}
