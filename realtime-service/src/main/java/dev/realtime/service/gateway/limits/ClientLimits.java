package dev.realtime.service.gateway.limits;

import dev.realtime.service.gateway.frontdoor.TrustedProxies;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/** The bounds that count over several sessions: those of an address, those of a user. Thread-safe. */
@Component
public final class ClientLimits {

    private static final int NETWORK_BYTES = 8;

    private final LimitProperties properties;
    private final TrustedProxies exempt;
    private final Tally addresses;
    private final Tally users;

    public ClientLimits(LimitProperties properties, TrustedProxies exempt) {
        this.properties = properties;
        this.exempt = exempt;
        this.addresses = new Tally(properties.sessionsPerAddress());
        this.users = new Tally(properties.socketsPerUser());
    }

    public LimitProperties properties() {
        return properties;
    }

    /** A session of this address opens; false when it has as many as it may. */
    public boolean enterAddress(InetAddress address) {
        return isExempt(address) || addresses.enter(network(address));
    }

    /** A session that had entered ends. */
    public void leaveAddress(InetAddress address) {
        if (!isExempt(address)) {
            addresses.leave(network(address));
        }
    }

    /** A socket of this user comes in; false when the user has as many as may be. */
    public boolean enterUser(String userKey) {
        return users.enter(userKey);
    }

    /** A socket that had entered is gone. */
    public void leaveUser(String userKey) {
        users.leave(userKey);
    }

    /** Behind these there are any number of people. */
    private boolean isExempt(InetAddress address) {
        return address.isLoopbackAddress() || exempt.contains(address);
    }

    /** A provider gives each customer 2^64 IPv6 addresses (RFC 6177), so that one alone says nothing. */
    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
