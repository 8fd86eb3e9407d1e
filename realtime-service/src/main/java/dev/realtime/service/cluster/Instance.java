package dev.realtime.service.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An instance as the register had it at the last beat.
 *
 * @param name its name
 * @param protocol the protocol version it speaks; with another one than {@link Protocol#VERSION} nothing else is known
 * @param trusted whether it has proved that it knows {@code JWT_SECRET}; else address, version and attributes are not known
 * @param address where it is, {@code host:port} or {@code [IPv6]:port}; null when it is not known
 * @param version the service's version; empty when it is not known
 * @param silentFor how long ago its last beat was, by Redis' clock
 * @param attributes what it announces
 * @param fingerprints its secrets' fingerprints by the variable's name; empty when they were made with another salt
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

    /** What it announces under this name; see {@link InstanceRegistry#announce}. */
    public Optional<String> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    /** Whether it speaks a protocol version that this instance does not know. */
    public boolean isForeign() {
        return protocol != Protocol.VERSION;
    }
}
