package dev.realtime.service.gateway.limits;

import dev.realtime.service.gateway.budget.ClientNetwork;
import dev.realtime.service.gateway.budget.SharedAddresses;
import java.net.InetAddress;
import org.springframework.stereotype.Component;

/**
 * The bounds that count over several sessions: the unidentified ones of an address, the sockets of a user. An address is
 * a network here ({@link ClientNetwork}); loopback and trusted proxies are exempt, since any number of people may be
 * behind them. Thread-safe.
 */
@Component
public final class ClientLimits {

    private final LimitProperties properties;
    private final SharedAddresses exempt;
    private final Tally<ClientNetwork> addresses;
    private final Tally<String> users;
    private final AddressBuckets wrongTokens;
    private final ByteRates bytes;

    public ClientLimits(LimitProperties properties, SharedAddresses exempt) {
        this.properties = properties;
        this.exempt = exempt;
        this.addresses = new Tally<>(properties.unidentifiedPerAddress());
        this.users = new Tally<>(properties.socketsPerUser());
        this.bytes = new ByteRates(
                properties.bytesPerSecond().toBytes(), properties.byteBurst().toBytes());
        this.wrongTokens = new AddressBuckets(properties.wrongTokensPerSecond(), properties.wrongTokenBurst());
    }

    public LimitProperties properties() {
        return properties;
    }

    /** Whether this address may open another session: false while it has as many unidentified ones as it may. */
    public boolean hasRoomFor(InetAddress address) {
        return isExempt(address) || !addresses.isFull(ClientNetwork.of(address));
    }

    /** A session of this address has been unidentified for some time; false when there are as many as may be. */
    public boolean enterAddress(InetAddress address) {
        return isExempt(address) || addresses.enter(ClientNetwork.of(address));
    }

    /** A session that had entered ends, or has an identity. */
    public void leaveAddress(InetAddress address) {
        if (!isExempt(address)) {
            addresses.leave(ClientNetwork.of(address));
        }
    }

    /** A token from this address has a wrong signature; false when there were too many of them. */
    public boolean allowsWrongToken(InetAddress address) {
        return isExempt(address) || wrongTokens.take(ClientNetwork.of(address));
    }

    /** A user's sockets have sent so many bytes more; false when that is more than they may. */
    public boolean allowsBytes(String userKey, int sent) {
        return bytes.take(userKey, sent);
    }

    /** A socket of this user comes in; false when the user has as many as may be. */
    public boolean enterUser(String userKey) {
        return users.enter(userKey);
    }

    /** A socket that had entered is gone. */
    public void leaveUser(String userKey) {
        users.leave(userKey);
    }

    private boolean isExempt(InetAddress address) {
        return address.isLoopbackAddress() || exempt.contains(address);
    }
}
