package dev.realtime.frontdoor.connection;

import dev.realtime.frontdoor.channel.LingeringClose;
import dev.realtime.frontdoor.connection.Turn.Route;
import dev.realtime.frontdoor.http.Refusal;
import dev.realtime.frontdoor.routing.Exchange;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/** The responses of one connection, from all sources, and what follows each. */
@SuppressWarnings("FutureReturnValueIgnored") // A failed write ends in channelInactive.
final class Answers {

    private final Connection connection;

    Answers(Connection connection) {
        this.connection = connection;
    }

    /** Writes a piece of the current request's response. */
    void respond(Object msg, ChannelPromise promise) {
        Turn turn = connection.turn;
        if (msg instanceof HttpResponse response) {
            if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
                if (turn.interim(response)) {
                    connection.ctx.write(msg, promise);
                } else {
                    ReferenceCountUtil.release(msg);
                    promise.trySuccess();
                }
                return;
            }
            turn.begin(response, !connection.services.lastAnswers(), connection.limits.maxDrain());
        }
        if (msg instanceof LastHttpContent) {
            turn.responseEnded = true;
            connection.exchangeOver();
            connection.writeDeadline.set(connection.limits.writeTimeout(), this::truncated);
            connection.ctx.write(msg, promise.unvoid().addListener(written -> flushed(written.isSuccess())));
        } else {
            connection.ctx.write(msg, promise);
        }
    }

    private void flushed(boolean success) {
        connection.writeDeadline.clear();
        if (success) {
            connection.turn.responseFlushed = true;
            settle();
        } else {
            connection.close();
        }
    }

    /** After a complete response: takes the next request, drains the rest of this one, or closes. */
    void settle() {
        Turn turn = connection.turn;
        if (!turn.responseFlushed || connection.closing) {
            return;
        }
        if (!turn.keepAlive() || (turn.requestRead && connection.services.stopping())) {
            connection.lingerAndClose();
        } else if (turn.requestRead) {
            connection.turn = Turn.withoutRequest();
            connection.requestDeadline.set(connection.limits.idleTimeout(), connection::close);
            connection.decoder.next();
        } else {
            connection.requestDeadline.set(connection.limits.drainTimeout(), connection::lingerAndClose);
            connection.decoder.resume();
        }
    }

    /** The front door's own response to a request whose body may be read to its end. */
    void answer(Refusal refusal) {
        connection.services.metrics().refused(refusal);
        connection.turn.route = Route.OWN;
        connection.exchangeOver();
        respond(refusal.response(), connection.ctx.newPromise());
        connection.ctx.flush();
        connection.decoder.resume();
    }

    /** Responds to a request that must not be read any further, unless a response has already begun. */
    void refuse(Refusal refusal) {
        Exchange current = connection.exchange;
        if (current != null) {
            current.abort();
        }
        Turn turn = connection.turn;
        if (turn.responseBegun) {
            truncated();
            return;
        }
        turn.last();
        connection.encoder.answering(turn.method());
        connection.decoder.discardRest();
        answer(refusal);
    }

    /** The response has begun and cannot be completed. */
    void truncated() {
        connection.services.metrics().truncated();
        if (connection.turn.endsWithConnection()) {
            LingeringClose.reset(connection.ctx.channel());
        } else {
            connection.close();
        }
    }
}
