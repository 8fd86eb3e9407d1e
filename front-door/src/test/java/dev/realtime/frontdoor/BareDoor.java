package dev.realtime.frontdoor;

import dev.realtime.frontdoor.address.TrustedProxies;
import dev.realtime.frontdoor.body.BodyMemory;
import dev.realtime.frontdoor.channel.NettyTransport;
import dev.realtime.frontdoor.connection.DoorMetrics;
import dev.realtime.frontdoor.connection.Limits;
import dev.realtime.frontdoor.connection.LimitsBuilder;
import dev.realtime.testkit.RawClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.UnaryOperator;

/** A front door with one event loop on a free loopback port, in front of any back end. */
final class BareDoor implements AutoCloseable {

    final TestGateway gateway = new TestGateway();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final NettyTransport transport = NettyTransport.create(1);
    private final FrontDoor door;

    BareDoor(InetSocketAddress backend) {
        this(backend, limits -> limits);
    }

    BareDoor(InetSocketAddress backend, UnaryOperator<LimitsBuilder> limits, String... trustedProxies) {
        door = FrontDoor.builder()
                .bindAddress("127.0.0.1")
                .backend(backend)
                .endpoint(gateway)
                .trustedProxies(TrustedProxies.parse(List.of(trustedProxies)))
                .limits(limits.apply(Limits.DEFAULTS.but()).build())
                .bodyMemory(new BodyMemory(BodyMemory.LEAST, TrustedProxies.none()))
                .metrics(new DoorMetrics(meters, "frontdoor"))
                .transport(transport)
                .open();
    }

    RawClient raw() {
        return new RawClient(door.port());
    }

    double refused(String code) {
        return meters.counter("frontdoor.refused", "code", code).count();
    }

    @Override
    public void close() {
        transport.close();
    }
}
