package dev.realtime.service.gateway.peers;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where other instances reach this one.
 *
 * @param advertisedAddress host, {@code host:port} or {@code [IPv6]:port}; without a port, {@code PORT} applies. Unset
 *     or empty means the bind address, or an address of this machine if the bind address is every address
 */
@ConfigurationProperties("realtime")
record PeerProperties(@Nullable String advertisedAddress) {

    PeerProperties {
        advertisedAddress = advertisedAddress == null || advertisedAddress.isBlank() ? null : advertisedAddress.strip();
        if (advertisedAddress != null) {
            try {
                HostPort.parse(advertisedAddress, 1);
            } catch (IllegalArgumentException e) {
                // Without the cause: Spring prints only the innermost message, which does not name the property.
                throw new IllegalArgumentException(
                        "realtime.advertised-address must be a host, host:port or [IPv6]:port at which the other"
                                + " instances reach this one, but is '" + advertisedAddress + "'");
            }
        }
    }
}
