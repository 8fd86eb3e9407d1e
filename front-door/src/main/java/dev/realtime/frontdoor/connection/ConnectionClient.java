package dev.realtime.frontdoor.connection;

import dev.realtime.frontdoor.http.Refusal;
import dev.realtime.frontdoor.routing.Client;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.EventExecutor;
import java.util.function.BooleanSupplier;

/** A connection as its exchanges see it. */
record ConnectionClient(
        Connection connection, Answers answers, Router router, Upgrade upgrade, BooleanSupplier unreachable)
        implements Client {

    ConnectionClient(Connection connection, Answers answers, Router router, Upgrade upgrade) {
        this(connection, answers, router, upgrade, () -> false);
    }

    @Override
    public Channel channel() {
        return connection.ctx.channel();
    }

    @Override
    public EventExecutor executor() {
        return connection.ctx.executor();
    }

    @Override
    public Client orElse(BooleanSupplier answer) {
        return new ConnectionClient(connection, answers, router, upgrade, answer);
    }

    @Override
    public void respond(Object piece) {
        answers.respond(piece, connection.ctx.newPromise());
    }

    @Override
    public void flush() {
        connection.ctx.flush();
    }

    @Override
    public void holdBody() {
        connection.decoder.hold();
    }

    @Override
    public void resumeBody() {
        connection.decoder.resume();
    }

    @Override
    public void fail(Refusal refusal) {
        if (!refusal.status().equals(HttpResponseStatus.BAD_GATEWAY) || !unreachable.getAsBoolean()) {
            answers.answer(refusal);
        }
    }

    @Override
    public void refuse(Refusal refusal) {
        answers.refuse(refusal);
    }

    @Override
    public void truncated() {
        answers.truncated();
    }

    @Override
    public void toEndpoint(HttpRequest head) {
        router.toEndpoint(head);
    }

    @Override
    public void becomeTunnel(HttpResponse accepted, Channel peer) {
        upgrade.becomeTunnel(accepted, peer);
    }

    @Override
    public void close() {
        connection.close();
    }
}
