package dev.realtime.service.gateway.frontdoor;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.nio.NioIoEvent;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;

/**
 * Closes a listening socket. The kernel resets the connections that it has completed and nobody has taken, whose clients may
 * have sent a request by then: so these are taken first, and the socket is closed within the same turn of its event loop.
 */
final class ListenerClose {

    /** Each takes a handful of connections; with more than that waiting somebody is cut off. */
    private static final int ROUNDS = 64;

    private ListenerClose() {}

    static ChannelFuture start(Channel listener) {
        ChannelPromise closed = listener.newPromise();
        listener.eventLoop().execute(() -> {
            takeWhatWaits(listener);
            listener.close(closed);
        });
        return closed;
    }

    @SuppressWarnings("NullAway") // Neither transport looks at the registration.
    private static void takeWhatWaits(Channel listener) {
        for (int round = 0; round < ROUNDS; round++) {
            switch (listener.unsafe()) {
                case EpollIoHandle handle -> handle.handle(null, (EpollIoEvent) () -> EpollIoOps.EPOLLIN);
                case NioIoHandle handle -> handle.handle(null, (NioIoEvent) () -> NioIoOps.ACCEPT);
                default -> {}
            }
        }
    }
}
