package dev.realtime.frontdoor.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/** The ways to end a connection. */
@SuppressWarnings("FutureReturnValueIgnored") // If closing fails, the connection is already closed.
public final class LingeringClose {

    /** How long a client may take to close after the last bytes sent. */
    private static final long SECONDS = 2;

    private LingeringClose() {}

    /**
     * Shuts down the output and waits briefly for the client to read and close, so that no reset overtakes the
     * response. The caller must read and discard what the client still sends meanwhile.
     */
    public static void start(Channel channel) {
        if (channel instanceof DuplexChannel duplex && duplex.isActive()) {
            duplex.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            channel.eventLoop().schedule(() -> channel.close(), SECONDS, TimeUnit.SECONDS);
        } else {
            channel.close();
        }
    }

    /** Ends the connection with a reset, the only way to signal that the response is incomplete. */
    public static void reset(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }
}
