package dev.realtime.service.fanout;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a client besides its user.
 *
 * @param address its address, as the front door determined it
 * @param protocol the revision of Engine.IO it speaks: 4 or 3
 * @param userAgent the header {@code User-Agent}; null when there was none
 */
public record ClientInfo(
        String address, int protocol, @Nullable String userAgent) {}
