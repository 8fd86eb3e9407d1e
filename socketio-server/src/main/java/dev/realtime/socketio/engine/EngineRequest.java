package dev.realtime.socketio.engine;

import dev.realtime.socketio.engine.polling.PollingTransport;
import dev.realtime.socketio.engine.websocket.WebSocketTransport;
import dev.realtime.socketio.engine.wire.RefusedException;
import dev.realtime.socketio.engine.wire.RequestError;
import dev.realtime.socketio.engine.wire.Revision;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as Engine.IO sees it (protocol, section "Transports"). Its parameters are checked before any session is
 * touched.
 *
 * @param revision the protocol revision that the client speaks
 * @param sid the session id; null if the request opens a session
 * @param readsBytes whether the client reads binary polling bodies: it did not send {@code b64=1}
 * @param webSocket whether the request asks for a WebSocket, by both the parameter and the headers
 */
record EngineRequest(
        Revision revision,
        HttpMethod method,
        @Nullable String sid,
        boolean readsBytes,
        boolean webSocket,
        HttpHeaders headers) {

    private static final int MAX_PARAMETERS = 32;

    /** Reads a request; accepts revision 3 only if it is allowed. */
    static EngineRequest of(HttpRequest request, boolean allowEio3) throws RefusedException {
        Map<String, List<String>> query = query(request);
        Revision revision = Revision.of(single(query, "EIO"));
        if (revision == null || (revision == Revision.V3 && !allowEio3)) {
            throw new RefusedException(RequestError.UNSUPPORTED_VERSION);
        }
        boolean webSocket = isWebSocket(single(query, "transport"));
        if (webSocket != asksForUpgrade(request.headers())) {
            throw new RefusedException(RequestError.BAD_REQUEST);
        }
        String sid = single(query, "sid");
        boolean get = request.method().equals(HttpMethod.GET);
        boolean post = request.method().equals(HttpMethod.POST);
        if (!get && (webSocket || sid == null || !post)) {
            throw new RefusedException(RequestError.BAD_METHOD);
        }
        boolean readsBytes = !query.getOrDefault("b64", List.of()).contains("1");
        return new EngineRequest(revision, request.method(), sid, readsBytes, webSocket, request.headers());
    }

    private static Map<String, List<String>> query(HttpRequest request) throws RefusedException {
        try {
            return new QueryStringDecoder(request.uri(), StandardCharsets.UTF_8, true, MAX_PARAMETERS, true)
                    .parameters();
        } catch (IllegalArgumentException e) {
            throw new RefusedException(RequestError.BAD_REQUEST);
        }
    }

    private static @Nullable String single(Map<String, List<String>> query, String name) throws RefusedException {
        List<String> values = query.get(name);
        if (values == null) {
            return null;
        }
        if (values.size() > 1) {
            throw new RefusedException(RequestError.BAD_REQUEST);
        }
        return values.getFirst();
    }

    private static boolean isWebSocket(@Nullable String transport) throws RefusedException {
        if (WebSocketTransport.NAME.equals(transport)) {
            return true;
        }
        if (PollingTransport.NAME.equals(transport)) {
            return false;
        }
        throw new RefusedException(RequestError.UNKNOWN_TRANSPORT);
    }

    private static boolean asksForUpgrade(HttpHeaders headers) {
        return headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }
}
