package dev.realtime.frontdoor.http;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a request head must satisfy before anything else reads it: RFC 9112 without any of its optional
 * leniency. A head that two parsers could read differently must never reach the second one.
 */
public final class RequestRules {

    private RequestRules() {}

    /** Null if the head is acceptable; otherwise the response, after which the connection must be closed. */
    public static @Nullable Refusal check(HttpRequest head) {
        DecoderResult result = head.decoderResult();
        if (result.isFailure()) {
            return undecodable(result.cause());
        }
        boolean http11 = head.protocolVersion().equals(HttpVersion.HTTP_1_1);
        if (!http11 && !head.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            return new Refusal(
                    HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
                    "http_version_not_supported",
                    "Only HTTP/1.1 and HTTP/1.0 are supported.");
        }
        if (head.method().equals(HttpMethod.CONNECT)) {
            return new Refusal(
                    HttpResponseStatus.NOT_IMPLEMENTED, "method_not_supported", "The method CONNECT is not supported.");
        }
        HttpHeaders headers = head.headers();
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1 || (hosts.isEmpty() && http11)) {
            return Refusal.badRequest("The request must have exactly one Host header.");
        }
        if (!hosts.isEmpty() && !HostSyntax.isHost(hosts.getFirst())) {
            return Refusal.badRequest("The Host header must be a host with an optional port.");
        }
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty()) {
            if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
                return Refusal.badRequest("The only supported Transfer-Encoding is chunked, once.");
            }
            if (headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
                return Refusal.badRequest("The request must not have both Content-Length and Transfer-Encoding.");
            }
        }
        // Netty's decoder takes a request with these headers for a 2010 WebSocket draft with eight unannounced body
        // bytes.
        if (headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1)
                || headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY2)) {
            return Refusal.badRequest("This draft version of WebSocket is not supported.");
        }
        return null;
    }

    private static Refusal undecodable(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Refusal(
                    HttpResponseStatus.REQUEST_URI_TOO_LONG, "request_line_too_long", "The request line is too long.");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Refusal(
                    HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                    "headers_too_large",
                    "The request headers are too large.");
        }
        return Refusal.badRequest("The request is not well-formed HTTP/1.1.");
    }
}
