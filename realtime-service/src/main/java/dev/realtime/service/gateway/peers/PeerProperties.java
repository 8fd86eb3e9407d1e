package dev.realtime.service.gateway.peers;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the other instances find this one.
 *
 * @param advertisedAddress host, {@code host:port} or {@code [IPv6]:port}; without a port it is {@code PORT}; unset or
 *     empty means the bind address, or this machine's own when that is every address
 */
@ConfigurationProperties("realtime")
record PeerProperties(@Nullable String advertisedAddress) {

    PeerProperties {
        advertisedAddress = advertisedAddress == null || advertisedAddress.isBlank() ? null : advertisedAddress.strip();
        if (advertisedAddress != null) {
            try {
                HostPort.parse(advertisedAddress, 1);
            } catch (IllegalArgumentException e) {
                // Without the cause: Spring prints the innermost message only, and that has no name in it.
                throw new IllegalArgumentException(
                        "realtime.advertised-address must be a host, host:port or [IPv6]:port that the other instances"
                                + " reach, but is '" + advertisedAddress + "'");
            }
        }
    }
}
