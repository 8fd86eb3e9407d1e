package dev.realtime.service.gateway.budget;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * What counts as one address: an IPv4 address, or the /64 network of an IPv6 address, since a provider gives each customer
 * 2^64 of them (RFC 6177).
 *
 * @param v6 whether it is an IPv6 network
 * @param bits the address, or the network's 64 bits
 */
public record ClientNetwork(boolean v6, long bits) {

    private static final int BYTES = 8;

    /** The network of an address. */
    public static ClientNetwork of(InetAddress address) {
        byte[] bytes = address.getAddress();
        long bits = 0;
        for (int i = 0; i < Math.min(BYTES, bytes.length); i++) {
            bits = bits << Byte.SIZE | (bytes[i] & 0xFF);
        }
        return new ClientNetwork(address instanceof Inet6Address, bits);
    }
}
