package dev.realtime.frontdoor.connection;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;

/** WebSockets that pass through this instance to the one that has their session. Thread-safe. */
public final class Tunnels {

    private final ChannelGroup open = new DefaultChannelGroup("tunnels", GlobalEventExecutor.INSTANCE);

    /** A client's connection became one; it leaves by itself when it ends. */
    void add(Channel client) {
        open.add(client);
    }

    /** How many there are. */
    public int count() {
        return open.size();
    }

    /** Closes so many of them, whichever; the sessions stay, and their clients come back to them another way. */
    @SuppressWarnings("FutureReturnValueIgnored") // One that is closed already is fine.
    public void close(int most) {
        open.stream().limit(most).toList().forEach(Channel::close);
    }
}
