package dev.realtime.service.gateway.frontdoor;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * What counts as one client where clients share something: an IPv4 address, or an IPv6 network of 64 bits, since a
 * provider gives each customer that many addresses (RFC 6177).
 */
record ClientKey(long network, boolean v6) {

    private static final int NETWORK_BYTES = 8;

    static ClientKey of(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean v6 = address instanceof Inet6Address;
        long network = 0;
        for (byte part : v6 ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes) {
            network = network << 8 | (part & 0xff);
        }
        return new ClientKey(network, v6);
    }
}
