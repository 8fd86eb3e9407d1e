package dev.realtime.frontdoor.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * What counts as one client where clients share something: an IPv4 address, or an IPv6 network of 64 bits, since a
 * provider gives each customer that many addresses (RFC 6177).
 *
 * @param network the address or the network, as a number
 * @param v6 whether it is IPv6
 */
public record ClientKey(long network, boolean v6) {

    private static final int NETWORK_BYTES = 8;

    /** The client of this address. */
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
