package dev.realtime.service.cluster;

import org.jspecify.annotations.Nullable;

/** Tells where the other instances reach this one. */
@FunctionalInterface
public interface AdvertisedAddress {

    /** {@code host:port} or {@code [IPv6]:port}; null as long as the port is not known. Must not block. */
    @Nullable
    String current();
}
