package dev.realtime.console.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** What counts as one address: an IPv4 address, or the /64 of an IPv6 one, all of which is one customer's. */
final class AddressKey {

    private static final int PREFIX_BYTES = 8;

    private AddressKey() {}

    /** @param address as the servlet container writes it; anything else is taken as it is */
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
