package dev.realtime.service.gateway.peers;

import dev.realtime.frontdoor.address.ClientAddress;
import dev.realtime.frontdoor.routing.Peers;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.ForeignProtocols;
import dev.realtime.service.cluster.Instance;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.cluster.InstanceRegistry;
import dev.realtime.service.gateway.server.EngineProperties;
import dev.realtime.service.identity.IdentityProperties;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The other instances, found in the register and authenticated by the seal. */
@Component
@EnableConfigurationProperties(PeerProperties.class)
final class InstancePeers implements Peers {

    private static final Pattern SESSION_ID = Pattern.compile("([A-Za-z0-9_-]{8})\\.[A-Za-z0-9_-]{1,64}");
    private static final Duration ROUND_TRIP = Duration.ofSeconds(15);
    private static final int MAX_PARAMETERS = 32;

    private final InstanceRegistry registry;
    private final PeerAddresses addresses;
    private final ForwardSeal seal;
    private final String ownTag;
    private final Duration patience;

    InstancePeers(
            InstanceRegistry registry,
            PeerAddresses addresses,
            IdentityProperties identity,
            InstanceName self,
            ClusterClock clock,
            ForeignProtocols foreign,
            EngineProperties engine) {
        this.registry = registry;
        this.addresses = addresses;
        seal = new ForwardSeal(identity.jwtSecret(), clock, foreign);
        ownTag = self.value();
        patience = engine.pingInterval().plus(engine.pingTimeout()).plus(ROUND_TRIP);
    }

    @Override
    public String header() {
        return "x-realtime-forward";
    }

    @Override
    public @Nullable String foreignTag(String uri) {
        if (!uri.contains("sid=")) {
            return null;
        }
        List<String> ids;
        try {
            ids = new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MAX_PARAMETERS, true)
                    .parameters()
                    .getOrDefault("sid", List.of());
        } catch (IllegalArgumentException _) {
            // Invalid escapes: the gateway reports them.
            return null;
        }
        Matcher id = SESSION_ID.matcher(ids.size() == 1 ? ids.getFirst() : "");
        return id.matches() && !id.group(1).equals(ownTag) ? id.group(1) : null;
    }

    @Override
    public CompletableFuture<Optional<InetSocketAddress>> find(String tag) {
        return registry.find(tag).thenCompose(this::locate);
    }

    private CompletableFuture<Optional<InetSocketAddress>> locate(Optional<Instance> instance) {
        String address = instance.map(Instance::address).orElse(null);
        return address == null ? CompletableFuture.completedFuture(Optional.empty()) : addresses.resolve(address);
    }

    @Override
    public String seal(String method, String uri, ClientAddress client) {
        return seal.seal(method, uri, client);
    }

    @Override
    public @Nullable ClientAddress unseal(String value, String method, String uri) {
        return seal.unseal(value, method, uri);
    }

    @Override
    public Duration patience() {
        return patience;
    }
}
