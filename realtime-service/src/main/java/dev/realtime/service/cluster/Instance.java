package dev.realtime.service.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An instance as the register had it at the last beat.
 *
 * @param name its name
 * @param protocol the protocol version it speaks; if that is not {@link Protocol#VERSION}, nothing else is known
 * @param trusted whether it has proved that it knows {@code JWT_SECRET}; if not, address, version and attributes are
 *     unknown
 * @param address its address, {@code host:port} or {@code [IPv6]:port}; null when unknown
 * @param version the service's version; empty when unknown
 * @param silentFor how long ago its last beat was, by Redis' clock
 * @param attributes what it announces
 * @param fingerprints the fingerprints of its secrets by the variables' names; empty when they were made with another
 *     salt
 */
public record Instance(
        String name,
        int protocol,
        boolean trusted,
        @Nullable String address,
        String version,
        Duration silentFor,
        Map<String, String> attributes,
        Map<String, String> fingerprints) {

    public Instance {
        attributes = Map.copyOf(attributes);
        fingerprints = Map.copyOf(fingerprints);
    }

    /** The value that the instance announces for this attribute; see {@link InstanceRegistry#announce}. */
    public Optional<String> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    /** Whether the instance speaks an unknown protocol version. */
    public boolean isForeign() {
        return protocol != Protocol.VERSION;
    }
}
