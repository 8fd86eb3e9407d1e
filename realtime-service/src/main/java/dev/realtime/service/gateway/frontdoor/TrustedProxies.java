package dev.realtime.service.gateway.frontdoor;

import dev.realtime.service.gateway.budget.SharedAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The peers whose forwarded headers are believed, from {@code realtime.trusted-proxies}. */
public final class TrustedProxies implements SharedAddresses {

    private final List<IpRange> ranges;

    private TrustedProxies(List<IpRange> ranges) {
        this.ranges = ranges;
    }

    /** Blank entries are skipped, so that an empty variable means an empty list; a wrong one is refused by name. */
    public static TrustedProxies parse(List<String> entries) {
        List<IpRange> ranges = new ArrayList<>();
        for (String entry : entries) {
            if (entry.isBlank()) {
                continue;
            }
            try {
                ranges.add(IpRange.parse(entry));
            } catch (IllegalArgumentException e) {
                // Without the cause: Spring prints the innermost message only, and that has no name in it.
                throw new IllegalArgumentException(
                        "realtime.trusted-proxies must list IP addresses and CIDR blocks, comma-separated: "
                                + e.getMessage());
            }
        }
        return new TrustedProxies(List.copyOf(ranges));
    }

    /** Whether this peer is one of them. */
    @Override
    public boolean contains(InetAddress address) {
        for (IpRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
