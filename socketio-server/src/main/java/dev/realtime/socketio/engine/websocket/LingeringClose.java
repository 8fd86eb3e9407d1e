package dev.realtime.socketio.engine.websocket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/** Closes a connection whose last bytes must arrive. */
@SuppressWarnings("FutureReturnValueIgnored") // If closing fails, the connection is already closed.
final class LingeringClose {

    /** How long a client may take to close after the last bytes sent. */
    private static final long SECONDS = 2;

    private LingeringClose() {}

    /**
     * Shuts down the output and waits briefly for the client to read and close, so that no reset overtakes the last
     * bytes. The caller must read and discard what the client still sends meanwhile.
     */
    static void start(Channel channel) {
        if (channel instanceof DuplexChannel duplex && duplex.isActive()) {
            duplex.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            channel.eventLoop().schedule(() -> channel.close(), SECONDS, TimeUnit.SECONDS);
        } else {
            channel.close();
        }
    }
}
