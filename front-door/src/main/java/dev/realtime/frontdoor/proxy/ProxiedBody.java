package dev.realtime.frontdoor.proxy;

import dev.realtime.frontdoor.body.GatheredBody;
import dev.realtime.frontdoor.routing.Client;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** The body of a proxied request: gathered first, then written to the back-end connection piece by piece. */
@SuppressWarnings("FutureReturnValueIgnored") // A failed write ends in ProxiedExchange.backendGone().
final class ProxiedBody {

    private final Client client;
    private final ProxiedExchange exchange;
    /** Null without a body, and once it has been sent. */
    private @Nullable GatheredBody gathered;

    private boolean gathering;
    private boolean sent;
    private boolean complete;
    private boolean failed;

    /** @param gathered null for a request without a body */
    ProxiedBody(Client client, ProxiedExchange exchange, @Nullable GatheredBody gathered) {
        this.client = client;
        this.exchange = exchange;
        this.gathered = gathered;
        gathering = gathered != null;
    }

    /** Whether too little has arrived to take a connection. */
    boolean gathering() {
        return gathering;
    }

    /** Whether a part has been sent, so that the request cannot be sent again. */
    boolean sent() {
        return sent;
    }

    /** Whether all of it has arrived. */
    boolean complete() {
        return complete;
    }

    /** Whether the back end stopped reading it. */
    boolean failed() {
        return failed;
    }

    /** Notes and drops a piece. */
    void skip(HttpContent content) {
        complete |= content instanceof LastHttpContent;
        content.release();
    }

    /** What to do after a piece was gathered. */
    enum Gathered {
        MORE,
        ENOUGH,
        NO_ROOM
    }

    Gathered gather(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        complete |= last;
        GatheredBody body = gathered;
        boolean room = body == null || body.add(content.content(), last);
        content.release();
        if (!room) {
            return Gathered.NO_ROOM;
        }
        if (body != null && (last || body.isEnough())) {
            gathering = false;
            return Gathered.ENOUGH;
        }
        return Gathered.MORE;
    }

    /** Writes what was gathered; the head has been sent. */
    void begin(BackendConnection connection) {
        GatheredBody body = gathered;
        if (body != null) {
            sent = true;
            gathered = null;
            connection.channel().write(new DefaultHttpContent(body.content()));
            ChannelFuture written = connection
                    .channel()
                    .writeAndFlush(complete ? LastHttpContent.EMPTY_LAST_CONTENT : Unpooled.EMPTY_BUFFER);
            written.addListener(_ -> body.close());
            listenFor(written, connection);
        }
    }

    /** Writes a piece; flushed with the last one, or when no more arrives for now. */
    void send(HttpContent content, BackendConnection connection) {
        sent = true;
        boolean last = content instanceof LastHttpContent;
        complete |= last;
        HttpContent piece = content;
        if (last && content.content().isReadable()) {
            // Trailers are not passed on; the back end does not read them.
            connection.channel().write(new DefaultHttpContent(content.content()));
            piece = LastHttpContent.EMPTY_LAST_CONTENT;
        } else if (last) {
            content.release();
            piece = LastHttpContent.EMPTY_LAST_CONTENT;
        }
        ChannelFuture written = last
                ? connection.channel().writeAndFlush(piece)
                : connection.channel().write(piece);
        listenFor(written, connection);
        if (!connection.channel().isWritable() && !failed) {
            client.holdBody();
        }
    }

    private void listenFor(ChannelFuture written, BackendConnection connection) {
        written.addListener(_ -> {
            if (!written.isSuccess() && exchange.isOn(connection) && !failed) {
                // The back end reads no more, but its response may already be here: keep reading both sides.
                failed = true;
                client.resumeBody();
            }
        });
    }

    /** Returns its memory, unless the connection still writes from it. */
    void close() {
        GatheredBody body = gathered;
        if (body != null) {
            gathered = null;
            body.close();
        }
    }
}
