package dev.realtime.service.fanout;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a client besides who uses it.
 *
 * @param address where it is, as the front door found it
 * @param protocol the revision of Engine.IO it speaks: 4 or 3
 * @param userAgent the header of that name; null when there was none
 */
public record ClientInfo(
        String address, int protocol, @Nullable String userAgent) {}
