package dev.realtime.console.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * What counts as one address: an IPv4 address, or the /64 of an IPv6 address, which usually belongs to one customer.
 */
final class AddressKey {

    private static final int PREFIX_BYTES = 8;

    private AddressKey() {}

    /** @param address the address as the servlet container returns it; any other text is used as it is */
    static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address ip
                    ? HexFormat.of().formatHex(ip.getAddress(), 0, PREFIX_BYTES)
                    : address;
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
