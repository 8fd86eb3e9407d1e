package dev.realtime.frontdoor.address;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The peers whose forwarding headers are trusted. */
public final class TrustedProxies {

    private static final TrustedProxies NONE = new TrustedProxies(List.of());

    private final List<IpRange> ranges;

    private TrustedProxies(List<IpRange> ranges) {
        this.ranges = ranges;
    }

    /** Trusts no peer. */
    public static TrustedProxies none() {
        return NONE;
    }

    /**
     * Parses IP addresses and CIDR blocks such as {@code 10.0.0.0/8} or {@code ::1}. Blank entries are skipped, so that
     * an empty variable means an empty list.
     *
     * @throws IllegalArgumentException if an entry is neither; the message names the entry
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

    /** Whether this address is trusted. */
    public boolean contains(InetAddress address) {
        for (IpRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
