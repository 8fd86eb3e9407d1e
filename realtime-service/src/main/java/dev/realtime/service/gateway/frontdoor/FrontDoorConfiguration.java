package dev.realtime.service.gateway.frontdoor;

import dev.realtime.frontdoor.FrontDoor;
import dev.realtime.frontdoor.FrontDoorBuilder;
import dev.realtime.frontdoor.address.TrustedProxies;
import dev.realtime.frontdoor.body.BodyMemory;
import dev.realtime.frontdoor.channel.NettyTransport;
import dev.realtime.frontdoor.connection.DoorMetrics;
import dev.realtime.frontdoor.routing.BackendProof;
import dev.realtime.frontdoor.routing.ChannelEndpoint;
import dev.realtime.frontdoor.routing.DirectEndpoint;
import dev.realtime.frontdoor.routing.Peers;
import dev.realtime.service.gateway.budget.SharedAddresses;
import dev.realtime.service.launch.StartGate;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;

/** Puts the front door in front of Tomcat. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FrontDoorProperties.class)
class FrontDoorConfiguration {

    /**
     * Tomcat keeps idle connections longer than the front door's pool, so that the pool is the side that closes them.
     */
    private static final int KEEP_ALIVE_FACTOR = 4;

    @Bean
    NettyTransport nettyTransport(FrontDoorProperties properties) {
        return NettyTransport.create(properties.frontDoor().eventLoops());
    }

    @Bean(destroyMethod = "")
    EventLoopGroup eventLoopGroup(NettyTransport transport) {
        return transport.group();
    }

    /**
     * Since JDK 24, buffers use the C library's memory, which neither the JVM's metrics nor its native tracking see.
     */
    @Bean
    NettyAllocatorMetrics bufferMetrics() {
        return new NettyAllocatorMetrics((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT);
    }

    @Bean
    TrustedProxies trustedProxies(FrontDoorProperties properties) {
        return properties.proxies();
    }

    /** A proxy may stand for any number of clients. */
    @Bean
    SharedAddresses sharedAddresses(TrustedProxies trusted) {
        return trusted::contains;
    }

    /** The configured size, or an eighth of the heap, at most 64 MB. */
    @Bean
    BodyMemory bodyMemory(
            FrontDoorProperties properties, TrustedProxies trusted, ObjectProvider<MeterRegistry> registry) {
        BodyMemory memory = new BodyMemory(properties.frontDoor().bodyMemoryBytes(), trusted);
        registry.ifAvailable(meters -> Gauge.builder("realtime.frontdoor.bodies.held", memory, BodyMemory::held)
                .description("Bytes of request bodies that are not complete yet")
                .baseUnit("bytes")
                .register(meters));
        return memory;
    }

    /** Lets Tomcat's valve recognise the front door's requests. */
    @Bean
    BackendProof backendProof() {
        return BackendProof.random("x-realtime-front-door");
    }

    @Bean
    FrontDoorServer frontDoorServer(
            FrontDoorProperties properties,
            NettyTransport transport,
            TrustedProxies trusted,
            BackendProof proof,
            ObjectProvider<MeterRegistry> registry,
            ObjectProvider<ChannelEndpoint> endpoint,
            ObjectProvider<DirectEndpoint> direct,
            BodyMemory bodies,
            ObjectProvider<Peers> peers,
            ObjectProvider<StartGate> gates,
            ConfigurableEnvironment environment) {
        FrontDoorBuilder parts = FrontDoor.builder()
                .transport(transport)
                .limits(properties.frontDoor().limits())
                .trustedProxies(trusted)
                .backendProof(proof)
                .metrics(new DoorMetrics(registry.getIfAvailable(SimpleMeterRegistry::new), "realtime.frontdoor"))
                .endpoint(endpoint.getIfAvailable())
                .bodyMemory(bodies)
                .peers(peers.getIfAvailable());
        direct.orderedStream().forEach(parts::direct);
        return new FrontDoorServer(properties, parts, gates.orderedStream().toList(), environment);
    }

    /** Runs after all other customizers: whatever {@code server.*} says, Tomcat serves only the front door. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatBehindTheFrontDoor(
            BackendProof proof, FrontDoorProperties properties) {
        int keepAlive =
                Math.toIntExact(properties.frontDoor().backendIdleTimeout().toMillis() * KEEP_ALIVE_FACTOR);
        return factory -> {
            factory.setAddress(InetAddress.getLoopbackAddress());
            factory.setPort(0);
            factory.addEngineValves(new FrontDoorValve(proof));
            factory.addConnectorCustomizers(connector -> {
                if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
                    protocol.setKeepAliveTimeout(keepAlive);
                    // 100 Continue is sent when the body is read, so that a client need not send an upload that is
                    // refused.
                    protocol.setContinueResponseTiming(ContinueResponseTiming.ON_REQUEST_BODY_READ.toString());
                }
            });
        };
    }
}
