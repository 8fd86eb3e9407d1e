package dev.realtime.service.gateway.frontdoor;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The front door's pipeline in front of any back end, without Spring. */
final class BareDoor implements AutoCloseable {

    final TestGateway gateway = new TestGateway();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final NettyTransport transport = NettyTransport.create(1);
    private final Channel listener;

    BareDoor(InetSocketAddress backend, String... tuning) {
        Map<String, String> values = new HashMap<>();
        values.put("realtime.port", "0");
        for (String line : tuning) {
            String name = line.split("=", 2)[0];
            values.put(
                    name.equals("trusted-proxies") ? "realtime." + name : "realtime.front-door." + name,
                    line.split("=", 2)[1]);
        }
        FrontDoorProperties properties = new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("realtime", FrontDoorProperties.class);
        DoorServices services = new DoorServices(
                properties,
                new BackendSecret(),
                gateway,
                List.of(),
                new BodyMemory(BodyMemory.LEAST, TrustedProxies.parse(List.of())),
                new FrontDoorMetrics(meters),
                null,
                backend,
                transport);
        listener = new ServerBootstrap()
                .group(transport.group())
                .channel(transport.serverChannelType())
                .childHandler(new FrontDoorInitializer(services))
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    RawClient raw() {
        return new RawClient(((InetSocketAddress) listener.localAddress()).getPort());
    }

    double refused(String code) {
        return meters.counter("realtime.frontdoor.refused", "code", code).count();
    }

    @Override
    public void close() {
        transport.close();
    }
}
