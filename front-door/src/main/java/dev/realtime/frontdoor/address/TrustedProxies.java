package dev.realtime.frontdoor.address;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The peers whose forwarded headers are believed. */
public final class TrustedProxies {

    private static final TrustedProxies NONE = new TrustedProxies(List.of());

    private final List<IpRange> ranges;

    private TrustedProxies(List<IpRange> ranges) {
        this.ranges = ranges;
    }

    /** Nobody is believed. */
    public static TrustedProxies none() {
        return NONE;
    }

    /**
     * IP addresses and CIDR blocks such as {@code 10.0.0.0/8} or {@code ::1}. Blank entries are skipped, so that an empty
     * variable means an empty list.
     *
     * @throws IllegalArgumentException with a sentence that holds the entry which is neither
     */
    public static TrustedProxies parse(List<String> entries) {
        List<IpRange> ranges = new ArrayList<>();
        for (String entry : entries) {
            if (!entry.isBlank()) {
                ranges.add(IpRange.parse(entry));
            }
        }
        return new TrustedProxies(List.copyOf(ranges));
    }

    /** Whether this peer is one of them. */
    public boolean contains(InetAddress address) {
        for (IpRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
