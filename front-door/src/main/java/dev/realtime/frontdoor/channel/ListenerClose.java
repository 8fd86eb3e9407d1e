package dev.realtime.frontdoor.channel;

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
 * Closes a listening socket. The kernel would reset connections that are not accepted yet, although their clients may
 * have sent a request, so those are accepted first, in the same turn of the event loop.
 */
public final class ListenerClose {

    /** Each round accepts a few connections. If more than all rounds accept are waiting, the rest are reset. */
    private static final int ROUNDS = 64;

    private ListenerClose() {}

    /** Starts to close; from any thread. */
    public static ChannelFuture start(Channel listener) {
        ChannelPromise closed = listener.newPromise();
        listener.eventLoop().execute(() -> {
            takeWhatWaits(listener);
            listener.close(closed);
        });
        return closed;
    }

    @SuppressWarnings("NullAway") // Neither transport reads the registration.
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
