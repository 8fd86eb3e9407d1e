package dev.realtime.frontdoor.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * What counts as one client for limits: an IPv4 address, or an IPv6 /64 network, since a provider gives each customer
 * at least one of those (RFC 6177).
 *
 * @param network the address or the network, as a number
 * @param v6 whether it is IPv6
 */
public record ClientKey(long network, boolean v6) {

    private static final int NETWORK_BYTES = 8;

    /** The client with this address. */
    public static ClientKey of(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean v6 = address instanceof Inet6Address;
        long network = 0;
        for (byte part : v6 ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes) {
            network = network << 8 | (part & 0xff);
        }
        return new ClientKey(network, v6);
    }
}
