package dev.realtime.frontdoor.connection;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;

/** The WebSockets that this instance relays to the instances that have their sessions. Thread-safe. */
public final class Tunnels {

    private final ChannelGroup open = new DefaultChannelGroup("tunnels", GlobalEventExecutor.INSTANCE);

    /** Adds a client's connection; it is removed when it ends. */
    void add(Channel client) {
        open.add(client);
    }

    /** The number of tunnels. */
    public int count() {
        return open.size();
    }

    /**
     * Closes this many tunnels, chosen arbitrarily; their sessions stay, and their clients reconnect by another way.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Closing a closed channel is harmless.
    public void close(int most) {
        open.stream().limit(most).toList().forEach(Channel::close);
    }
}
