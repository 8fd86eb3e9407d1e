package dev.realtime.frontdoor.address;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One IP address or CIDR block. An IPv4-mapped IPv6 address counts as the IPv4 address.
 *
 * @param network the network's address, 4 or 16 bytes, host bits zero
 * @param prefix the number of leading bits that are compared
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never exposed.
record IpRange(byte[] network, int prefix) {

    /** Parses {@code 10.0.0.0/8}, {@code 192.0.2.7}, {@code 2001:db8::/32} or {@code ::1}; throws on anything else. */
    static IpRange parse(String text) {
        String trimmed = text.strip();
        int slash = trimmed.indexOf('/');
        byte[] address = addressBytes(slash < 0 ? trimmed : trimmed.substring(0, slash));
        if (address.length == 0) {
            throw new IllegalArgumentException("'" + trimmed + "' is neither an IP address nor a CIDR block");
        }
        int bits = address.length * 8;
        int prefix = slash < 0 ? bits : prefixLength(trimmed, trimmed.substring(slash + 1), bits);
        byte[] masked = mask(address, prefix);
        if (!Arrays.equals(masked, address)) {
            throw new IllegalArgumentException("'" + trimmed + "' has bits set beyond its prefix; write "
                    + NetUtil.bytesToIpAddress(masked) + "/" + prefix);
        }
        return new IpRange(address, prefix);
    }

    boolean contains(InetAddress address) {
        byte[] bytes = unmapped(address.getAddress());
        return bytes.length == network.length && Arrays.equals(mask(bytes, prefix), network);
    }

    /** The address of a literal without brackets, port or zone, or null if the text is not one. Never queries DNS. */
    static @Nullable InetAddress address(String text) {
        byte[] bytes = addressBytes(text);
        if (bytes.length == 0) {
            return null;
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are always an address", e);
        }
    }

    /** The same address without a zone, and as IPv4 if it is IPv4-mapped. */
    static InetAddress plain(InetAddress address) {
        try {
            return InetAddress.getByAddress(unmapped(address.getAddress()));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are always an address", e);
        }
    }

    private static byte[] addressBytes(String text) {
        if (!NetUtil.isValidIpV4Address(text) && !NetUtil.isValidIpV6Address(text)) {
            return new byte[0];
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        return bytes == null ? new byte[0] : unmapped(bytes);
    }

    private static byte[] unmapped(byte[] bytes) {
        if (bytes.length != 16 || bytes[10] != (byte) 0xff || bytes[11] != (byte) 0xff) {
            return bytes;
        }
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return bytes;
            }
        }
        return Arrays.copyOfRange(bytes, 12, 16);
    }

    private static int prefixLength(String whole, String text, int bits) {
        try {
            int length = Integer.parseInt(text);
            if (length >= 0 && length <= bits && !text.startsWith("+")) {
                return length;
            }
        } catch (NumberFormatException _) {
            // Reported below.
        }
        throw new IllegalArgumentException("'" + whole + "' needs a prefix length from 0 to " + bits);
    }

    private static byte[] mask(byte[] address, int prefix) {
        byte[] masked = new byte[address.length];
        for (int i = 0; i < address.length; i++) {
            int keep = Math.clamp(prefix - i * 8L, 0, 8);
            masked[i] = (byte) (address[i] & (0xff << (8 - keep)));
        }
        return masked;
    }
}
