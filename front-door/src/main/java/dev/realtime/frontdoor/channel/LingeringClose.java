package dev.realtime.frontdoor.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/** The ways to end a connection. */
@SuppressWarnings("FutureReturnValueIgnored") // A connection that cannot be closed is closed.
public final class LingeringClose {

    /** How long a client may take to close after our last word. */
    private static final long SECONDS = 2;

    private LingeringClose() {}

    /**
     * Says no more and waits a moment for the client to read and close, so that no reset overtakes the answer. What the
     * client still sends must be read and thrown away meanwhile.
     */
    public static void start(Channel channel) {
        if (channel instanceof DuplexChannel duplex && duplex.isActive()) {
            duplex.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            channel.eventLoop().schedule(() -> channel.close(), SECONDS, TimeUnit.SECONDS);
        } else {
            channel.close();
        }
    }

    /** Ends the connection with a reset: the only way to tell that what was sent is not all. */
    public static void reset(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }
}
