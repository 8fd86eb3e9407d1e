package dev.realtime.service.gateway.budget;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * The unit that counts as one address: an IPv4 address, or the /64 network of an IPv6 address, since a provider gives
 * each customer 2^64 addresses (RFC 6177).
 *
 * @param v6 whether this is an IPv6 network
 * @param bits the IPv4 address, or the 64 bits of the network
 */
public record ClientNetwork(boolean v6, long bits) {

    private static final int BYTES = 8;

    public static ClientNetwork of(InetAddress address) {
        byte[] bytes = address.getAddress();
        long bits = 0;
        for (int i = 0; i < Math.min(BYTES, bytes.length); i++) {
            bits = bits << Byte.SIZE | (bytes[i] & 0xFF);
        }
        return new ClientNetwork(address instanceof Inet6Address, bits);
    }
}
