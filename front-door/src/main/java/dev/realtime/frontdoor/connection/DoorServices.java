package dev.realtime.frontdoor.connection;

import dev.realtime.frontdoor.proxy.Backends;
import dev.realtime.frontdoor.routing.Admission;
import dev.realtime.frontdoor.routing.ChannelEndpoint;
import dev.realtime.frontdoor.routing.DirectEndpoint;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What all connections of a front door share. */
public final class DoorServices {

    /** Pipeline event: nothing new is accepted, and idle connections close. */
    record Stopping() {}

    private final Limits limits;
    private final Admission admission;
    private final @Nullable ChannelEndpoint endpoint;
    private final List<DirectEndpoint> direct;
    private final Backends backends;
    private final DoorMetrics metrics;
    private final ChannelGroup connections = new DefaultChannelGroup("front-door", GlobalEventExecutor.INSTANCE, true);
    private final Tunnels tunnels = new Tunnels();
    private final AtomicInteger proxied = new AtomicInteger();
    private volatile boolean lastAnswers;
    private volatile boolean stopping;

    /**
     * Starts without connections.
     *
     * @param endpoint null if every request goes to the back end
     * @param direct in the order in which they are asked
     */
    public DoorServices(
            Limits limits,
            Admission admission,
            @Nullable ChannelEndpoint endpoint,
            List<DirectEndpoint> direct,
            Backends backends,
            DoorMetrics metrics) {
        this.limits = limits;
        this.admission = admission;
        this.endpoint = endpoint;
        this.direct = List.copyOf(direct);
        this.backends = backends;
        this.metrics = metrics;
    }

    Limits limits() {
        return limits;
    }

    Admission admission() {
        return admission;
    }

    @Nullable
    ChannelEndpoint endpoint() {
        return endpoint;
    }

    /** The direct endpoint that takes this request; null if it goes to the back end. */
    @Nullable
    DirectEndpoint direct(HttpRequest head) {
        for (DirectEndpoint each : direct) {
            if (each.takes(head)) {
                return each;
            }
        }
        return null;
    }

    public Backends backends() {
        return backends;
    }

    DoorMetrics metrics() {
        return metrics;
    }

    /** The open client connections, including WebSockets. */
    public ChannelGroup connections() {
        return connections;
    }

    /** The client connections that are relayed to other instances. */
    public Tunnels tunnels() {
        return tunnels;
    }

    /** The requests in flight that the endpoint does not answer. */
    public AtomicInteger proxied() {
        return proxied;
    }

    /** From now on every response is the last of its connection and says so. */
    public void closeAfterAnswers() {
        lastAnswers = true;
    }

    boolean lastAnswers() {
        return lastAnswers;
    }

    /** From now on connections without a request are closed as well. */
    public void stop() {
        lastAnswers = true;
        stopping = true;
        connections.forEach(channel -> channel.pipeline().fireUserEventTriggered(new Stopping()));
    }

    boolean stopping() {
        return stopping;
    }
}
