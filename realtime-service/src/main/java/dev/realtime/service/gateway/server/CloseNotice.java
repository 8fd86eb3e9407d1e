package dev.realtime.service.gateway.server;

import dev.realtime.contracts.CloseCode;
import dev.realtime.contracts.ErrorNotice;
import dev.realtime.contracts.GatewayEvents;
import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.socketio.server.Farewell;
import java.util.List;

/**
 * The event {@code error} that is sent before a close.
 *
 * @param code why, and whether the client may reconnect
 * @param message an explanation for developers
 */
public record CloseNotice(CloseCode code, String message) implements Farewell {

    /** The notice with the code's default message. */
    public static CloseNotice of(CloseCode code) {
        return new CloseNotice(code, code.message());
    }

    @Override
    public List<Object> event() {
        return List.of(GatewayEvents.ERROR, ErrorNotice.closing(code, message));
    }

    @Override
    public boolean mayReturn() {
        return code.reconnect();
    }

    @Override
    public EndReason reason() {
        return switch (code) {
            case PROTOCOL_ERROR -> EndReason.PROTOCOL_ERROR;
            case AUTHENTICATION_TIMEOUT, SLOW_CLIENT, TOO_MANY_MESSAGES, TOO_MUCH_DATA -> EndReason.POLICY_VIOLATION;
            case TOKEN_EXPIRED, CLOSED_BY_ADMIN, USER_BLOCKED, CONTINUITY_LOST, SERVER_SHUTDOWN ->
                EndReason.SERVER_CLOSE;
        };
    }
}
