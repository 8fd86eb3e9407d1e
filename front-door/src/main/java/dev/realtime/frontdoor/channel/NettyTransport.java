package dev.realtime.frontdoor.channel;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The event loops that serve every socket: epoll if its native library loads, otherwise NIO.
 *
 * @param group the event loops
 * @param serverChannelType the type of listening channels
 * @param channelType the type of connecting channels
 * @param eventLoops the number of event loops
 */
public record NettyTransport(
        EventLoopGroup group,
        Class<? extends ServerChannel> serverChannelType,
        Class<? extends Channel> channelType,
        int eventLoops)
        implements AutoCloseable {

    private static final long SHUTDOWN_SECONDS = 5;

    /** Starts this many event loops; 0 means one per core. */
    public static NettyTransport create(int eventLoops) {
        int count = eventLoops > 0 ? eventLoops : Runtime.getRuntime().availableProcessors();
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("socket"), io);
        return epoll
                ? new NettyTransport(group, EpollServerSocketChannel.class, EpollSocketChannel.class, count)
                : new NettyTransport(group, NioServerSocketChannel.class, NioSocketChannel.class, count);
    }

    /** Stops the threads; otherwise the JVM would outlive a failed start. */
    @Override
    public void close() {
        group.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
