package dev.realtime.socketio.engine.wire;

import io.netty.handler.codec.http.HttpResponseStatus;

/** Why a request is refused. The body's {@code code} and {@code message} are those that stock clients know. */
public enum RequestError {
    UNKNOWN_TRANSPORT(0, "Transport unknown", HttpResponseStatus.BAD_REQUEST),
    UNKNOWN_SESSION(1, "Session ID unknown", HttpResponseStatus.BAD_REQUEST),
    BAD_METHOD(2, "Bad handshake method", HttpResponseStatus.BAD_REQUEST),
    BAD_REQUEST(3, "Bad request", HttpResponseStatus.BAD_REQUEST),
    FORBIDDEN(4, "Forbidden", HttpResponseStatus.FORBIDDEN),
    UNSUPPORTED_VERSION(5, "Unsupported protocol version", HttpResponseStatus.BAD_REQUEST),
    WEBSOCKET_VERSION(3, "WebSocket version unknown", HttpResponseStatus.UPGRADE_REQUIRED),
    TOO_LARGE(3, "Payload too large", HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE),
    TOO_MANY_SESSIONS(3, "Too many sessions from this address", HttpResponseStatus.TOO_MANY_REQUESTS),
    /** Another instance serves: a load balancer tries it, or the client retries. */
    DRAINING(3, "This instance is shutting down; please try again", HttpResponseStatus.SERVICE_UNAVAILABLE),
    NOT_FOUND(3, "Not found", HttpResponseStatus.NOT_FOUND);

    private final int code;
    private final String message;
    private final HttpResponseStatus status;

    RequestError(int code, String message, HttpResponseStatus status) {
        this.code = code;
        this.message = message;
        this.status = status;
    }

    public HttpResponseStatus status() {
        return status;
    }

    public String json() {
        return "{\"code\":" + code + ",\"message\":\"" + message + "\"}";
    }
}
