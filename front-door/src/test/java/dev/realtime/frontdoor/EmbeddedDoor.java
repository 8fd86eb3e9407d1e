package dev.realtime.frontdoor;

import dev.realtime.frontdoor.address.TrustedProxies;
import dev.realtime.frontdoor.body.BodyMemory;
import dev.realtime.frontdoor.channel.NettyTransport;
import dev.realtime.frontdoor.connection.ConnectionInitializer;
import dev.realtime.frontdoor.connection.DoorMetrics;
import dev.realtime.frontdoor.connection.DoorServices;
import dev.realtime.frontdoor.connection.Limits;
import dev.realtime.frontdoor.proxy.Backends;
import dev.realtime.frontdoor.routing.Admission;
import dev.realtime.frontdoor.routing.BackendProof;
import dev.realtime.frontdoor.routing.ChannelEndpoint;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalServerChannel;
import io.netty.channel.socket.DuplexChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/**
 * A client's connection without a network: the front door's whole pipeline and an endpoint behind it, on a loop that runs
 * when it is told to. Like a socket it can stop sending before it ends, and its client can stop reading.
 */
public final class EmbeddedDoor extends EmbeddedChannel implements DuplexChannel {

    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);

    /** No back end can be reached from an embedded channel's loop, and no socket is opened in the attempt. */
    private static final NettyTransport TRANSPORT =
            new NettyTransport(new DefaultEventLoopGroup(1), LocalServerChannel.class, Unreachable.class, 1);

    private static final DoorMetrics METRICS = new DoorMetrics(new SimpleMeterRegistry(), "frontdoor");

    private boolean deaf;
    private boolean outputShutdown;

    private EmbeddedDoor() {}

    /** A connection that has just been accepted. */
    public static EmbeddedDoor open(ChannelEndpoint endpoint) {
        EmbeddedDoor door = new EmbeddedDoor();
        // They keep something for each event loop, and here each connection has its own.
        Limits limits = Limits.DEFAULTS;
        TrustedProxies nobody = TrustedProxies.none();
        Backends backends = new Backends(
                new InetSocketAddress(CLIENT.getAddress(), 9),
                null,
                new BodyMemory(BodyMemory.LEAST, nobody),
                TRANSPORT,
                limits.maxBackendConnections(),
                new Backends.Patience(limits.connectTimeout(), limits.responseTimeout(), limits.backendIdleTimeout()));
        DoorServices services = new DoorServices(
                limits,
                new Admission(nobody, BackendProof.random("x-front-door"), null, endpoint.path()),
                endpoint,
                List.of(),
                backends,
                METRICS);
        door.pipeline().addLast(new ConnectionInitializer(services));
        door.pipeline().fireChannelActive();
        return door;
    }

    /** From now on the client reads nothing, and what is written stays here. */
    public void stopReading() {
        deaf = true;
    }

    /** How many bytes wait for the client to read. */
    public long pendingBytes() {
        ChannelOutboundBuffer pending = unsafe().outboundBuffer();
        return pending == null ? 0 : pending.totalPendingWriteBytes();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) throws Exception {
        if (!deaf) {
            super.doWrite(in);
        }
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return CLIENT;
    }

    @Override
    public ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        outputShutdown = true;
        return promise.setSuccess();
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShutdown;
    }

    @Override
    public boolean isInputShutdown() {
        return false;
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public ChannelFuture shutdownInput() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ChannelFuture shutdown() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        throw new UnsupportedOperationException();
    }

    /** Takes the options of a socket, which are none of its own, without a warning for each. */
    static final class Unreachable extends LocalChannel {

        private final ChannelConfig config = new DefaultChannelConfig(this) {
            @Override
            public <T> boolean setOption(ChannelOption<T> option, T value) {
                return true;
            }
        };

        @Override
        public ChannelConfig config() {
            // The constructor above asks for it.
            return config == null ? super.config() : config;
        }
    }
}
