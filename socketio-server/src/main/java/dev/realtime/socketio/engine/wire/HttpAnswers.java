package dev.realtime.socketio.engine.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The responses to polling requests, with the CORS headers that the page needs to read them. */
public final class HttpAnswers {

    /** The supported WebSocket version (RFC 6455 section 4.4). */
    public static final String WEBSOCKET_VERSION = "13";

    private static final String TEXT = "text/plain; charset=UTF-8";
    private static final String BYTES = "application/octet-stream";
    private static final String JSON = "application/json";

    private HttpAnswers() {}

    /** @param bytes whether the payload is binary */
    public static FullHttpResponse payload(ByteBuf payload, boolean bytes, @Nullable String origin) {
        return answer(HttpResponseStatus.OK, bytes ? BYTES : TEXT, payload, origin);
    }

    public static FullHttpResponse ok(@Nullable String origin) {
        return answer(HttpResponseStatus.OK, "text/html", utf8("ok"), origin);
    }

    public static FullHttpResponse refusal(RequestError error, @Nullable String origin) {
        FullHttpResponse response = answer(error.status(), JSON, utf8(error.json()), origin);
        if (error == RequestError.WEBSOCKET_VERSION) {
            response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, WEBSOCKET_VERSION);
        } else if (error == RequestError.DRAINING) {
            // Makes the client open a new connection, which a load balancer may route elsewhere.
            response.headers()
                    .set(HttpHeaderNames.RETRY_AFTER, "1")
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return response;
    }

    /** 100: the client may send its body. */
    public static FullHttpResponse continueWithBody() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    }

    /** The response to a CORS preflight request. */
    public static FullHttpResponse preflight(HttpHeaders request, @Nullable String origin) {
        FullHttpResponse response = answer(HttpResponseStatus.NO_CONTENT, TEXT, Unpooled.EMPTY_BUFFER, origin);
        response.headers().remove(HttpHeaderNames.CONTENT_LENGTH).remove(HttpHeaderNames.CONTENT_TYPE);
        if (origin != null) {
            response.headers()
                    .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST")
                    .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, "600");
            String wanted = request.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
            if (wanted != null) {
                response.headers()
                        .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, wanted)
                        .add(HttpHeaderNames.VARY, "Access-Control-Request-Headers");
            }
        }
        return response;
    }

    private static FullHttpResponse answer(
            HttpResponseStatus status, String contentType, ByteBuf body, @Nullable String origin) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("X-Content-Type-Options", "nosniff")
                .set(HttpHeaderNames.VARY, "Origin");
        if (origin != null) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                    .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
        return response;
    }

    private static ByteBuf utf8(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}
