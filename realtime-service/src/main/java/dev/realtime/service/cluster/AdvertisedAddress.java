package dev.realtime.service.cluster;

import org.jspecify.annotations.Nullable;

/** The address where the other instances reach this one. */
@FunctionalInterface
public interface AdvertisedAddress {

    /** {@code host:port} or {@code [IPv6]:port}; null until the port is known. Must not block. */
    @Nullable
    String current();
}
