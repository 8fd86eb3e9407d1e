package dev.realtime.frontdoor.proxy;

import dev.realtime.frontdoor.channel.Deadline;
import dev.realtime.frontdoor.http.HopByHop;
import dev.realtime.frontdoor.routing.Client;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/** The back end's response to a proxied request, on its way to the client. */
final class ProxiedAnswer {

    private final Client client;
    private final ProxiedExchange exchange;
    private final Deadline deadline;
    private final HttpMethod method;
    private boolean begun;
    private boolean interim;
    private boolean reusable;

    /** @param deadline of the response; cleared when the response begins */
    ProxiedAnswer(Client client, ProxiedExchange exchange, Deadline deadline, HttpMethod method) {
        this.client = client;
        this.exchange = exchange;
        this.deadline = deadline;
        this.method = method;
    }

    /** Whether the head of the final response has been passed on. */
    boolean begun() {
        return begun;
    }

    /** Whether a 1xx is being received. */
    boolean interim() {
        return interim;
    }

    /** Whether the connection can serve another request after this response. */
    boolean reusable() {
        return reusable;
    }

    void piece(HttpObject piece) {
        if (piece.decoderResult().isFailure()) {
            ReferenceCountUtil.release(piece);
            exchange.backendGone();
            return;
        }
        if (piece instanceof HttpResponse response) {
            head(response);
        } else if (interim) {
            interim = !(piece instanceof LastHttpContent);
            ReferenceCountUtil.release(piece);
        } else if (piece instanceof LastHttpContent) {
            exchange.answerComplete();
            client.respond(piece);
            client.flush();
        } else {
            client.respond(piece);
        }
    }

    private void head(HttpResponse response) {
        if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            exchange.backendGone();
            return;
        }
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            interim = true;
            DefaultFullHttpResponse copy =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, response.status(), Unpooled.EMPTY_BUFFER);
            HopByHop.strip(response.headers());
            copy.headers().set(response.headers());
            client.respond(copy);
            client.flush();
            return;
        }
        deadline.clear();
        begun = true;
        reusable = HttpUtil.isKeepAlive(response) && knowsItsEnd(response);
        HopByHop.strip(response.headers());
        client.respond(response);
    }

    private boolean knowsItsEnd(HttpResponse response) {
        int status = response.status().code();
        return HttpUtil.isTransferEncodingChunked(response)
                || response.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                || status == 204
                || status == 304
                || method.equals(HttpMethod.HEAD)
                || response.headers().contains(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED, true);
    }
}
