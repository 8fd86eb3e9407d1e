package dev.realtime.frontdoor.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * The front door's own response, as RFC 9457 problem details.
 *
 * @param status the HTTP status
 * @param code the machine-readable reason, the member {@code code}
 * @param detail one sentence for people; a fixed text that never quotes the request
 */
public record Refusal(HttpResponseStatus status, String code, String detail) {

    /** 400: the request cannot be parsed or is ambiguous. */
    public static Refusal badRequest(String detail) {
        return new Refusal(HttpResponseStatus.BAD_REQUEST, "bad_request", detail);
    }

    public static Refusal requestTimeout() {
        return new Refusal(
                HttpResponseStatus.REQUEST_TIMEOUT, "request_timeout", "The request was not received in time.");
    }

    public static Refusal bodyTooLarge() {
        return new Refusal(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "body_too_large", "The request body is too large.");
    }

    /** 502: the back end does not answer. */
    public static Refusal backendUnavailable() {
        return new Refusal(HttpResponseStatus.BAD_GATEWAY, "backend_unavailable", "The service did not respond.");
    }

    /** 503: too many requests are in progress. */
    public static Refusal backendBusy() {
        return new Refusal(
                HttpResponseStatus.SERVICE_UNAVAILABLE,
                "backend_busy",
                "Too many requests are in progress; please try again.");
    }

    /** 503: this server is about to stop and begins nothing that lasts. */
    public static Refusal closing() {
        return new Refusal(
                HttpResponseStatus.SERVICE_UNAVAILABLE, "closing", "The server is shutting down; please try again.");
    }

    public static Refusal backendTimeout() {
        return new Refusal(
                HttpResponseStatus.GATEWAY_TIMEOUT, "backend_timeout", "The service took too long to respond.");
    }

    /** Whether to send {@code Retry-After}: the client may retry in a second. */
    private boolean passes() {
        return status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE) || status.equals(HttpResponseStatus.BAD_GATEWAY);
    }

    /** The HTTP response. */
    public FullHttpResponse response() {
        String json = "{\"type\":\"about:blank\",\"title\":\"" + status.reasonPhrase() + "\",\"status\":"
                + status.code() + ",\"code\":\"" + code + "\",\"detail\":\"" + detail + "\"}";
        ByteBuf body = Unpooled.buffer(json.length());
        ByteBufUtil.writeUtf8(body, json);
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(
                        HttpHeaderNames.DATE,
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
        if (passes()) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, "1");
        }
        return response;
    }
}
