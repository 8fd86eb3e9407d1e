package dev.realtime.service.broadcast;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the broadcast API.
 *
 * @param bodyMemory how many bytes of request bodies there may be in memory at a time, at least 2 MB; a request that would
 *     need more is answered 503
 */
@ConfigurationProperties("realtime.broadcast")
public record BroadcastProperties(@DefaultValue("64MB") DataSize bodyMemory) {

    public BroadcastProperties {
        if (bodyMemory.compareTo(DataSize.ofMegabytes(2)) < 0) {
            throw new IllegalArgumentException(
                    "realtime.broadcast.body-memory must be at least 2MB, but is " + bodyMemory);
        }
    }
}
