package dev.realtime.frontdoor.proxy;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;

/** A request without a body as one message, so that its head and its end are written together. */
final class WholeRequest {

    private WholeRequest() {}

    static HttpRequest of(HttpRequest head) {
        DefaultFullHttpRequest whole =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, head.method(), head.uri(), Unpooled.EMPTY_BUFFER);
        whole.headers().set(head.headers());
        return whole;
    }
}
