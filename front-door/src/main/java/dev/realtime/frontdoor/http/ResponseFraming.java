package dev.realtime.frontdoor.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/**
 * How the end of a response is marked for this client.
 *
 * @param keepAlive whether the connection serves another request afterwards
 * @param endsWithConnection whether only the end of the connection marks the end of the body
 */
public record ResponseFraming(boolean keepAlive, boolean endsWithConnection) {

    /**
     * Sets {@code Content-Length}, {@code Transfer-Encoding} and {@code Connection} of a final response.
     *
     * @param method the request's method
     * @param http10 whether the client speaks HTTP/1.0, which has no chunked coding
     * @param mayKeepAlive whether client and server would both keep the connection
     */
    public static ResponseFraming apply(
            HttpResponse response, HttpMethod method, boolean http10, boolean mayKeepAlive) {
        HttpHeaders headers = response.headers();
        boolean keepAlive =
                mayKeepAlive && !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        boolean endsWithConnection = false;
        response.setProtocolVersion(HttpVersion.HTTP_1_1);
        if (hasBody(response, method)) {
            boolean chunked = HttpUtil.isTransferEncodingChunked(response);
            if (chunked || !HttpUtil.isContentLengthSet(response)) {
                headers.remove(HttpHeaderNames.CONTENT_LENGTH);
                if (response instanceof FullHttpResponse full && !chunked) {
                    headers.set(HttpHeaderNames.CONTENT_LENGTH, full.content().readableBytes());
                } else if (http10) {
                    endsWithConnection = true;
                    headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
                } else {
                    headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
                }
            }
        } else {
            headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        }
        keepAlive &= !endsWithConnection;
        headers.remove(HttpHeaderNames.CONNECTION);
        if (!keepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (http10) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        return new ResponseFraming(keepAlive, endsWithConnection);
    }

    private static boolean hasBody(HttpResponse response, HttpMethod method) {
        int status = response.status().code();
        return !method.equals(HttpMethod.HEAD) && status != 204 && status != 205 && status != 304;
    }
}
