package dev.realtime.service.gateway.limits;

import dev.realtime.service.gateway.budget.ClientNetwork;
import dev.realtime.service.gateway.budget.SharedAddresses;
import java.net.InetAddress;
import org.springframework.stereotype.Component;

/**
 * The limits that span several sessions: unidentified sessions per address, and sockets per user. An address is a
 * network here ({@link ClientNetwork}); loopback and trusted proxies are exempt, since any number of people may be
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

    /** Whether this address may open another session: false while it has its maximum of unidentified sessions. */
    public boolean hasRoomFor(InetAddress address) {
        return isExempt(address) || !addresses.isFull(ClientNetwork.of(address));
    }

    /**
     * Counts a session of this address that has been unidentified for some time. Returns false if the address has its
     * maximum.
     */
    public boolean enterAddress(InetAddress address) {
        return isExempt(address) || addresses.enter(ClientNetwork.of(address));
    }

    /** Stops counting a session of this address: it has ended or has an identity. */
    public void leaveAddress(InetAddress address) {
        if (!isExempt(address)) {
            addresses.leave(ClientNetwork.of(address));
        }
    }

    /** Counts a token with a wrong signature from this address. Returns false if there were too many. */
    public boolean allowsWrongToken(InetAddress address) {
        return isExempt(address) || wrongTokens.take(ClientNetwork.of(address));
    }

    /** Counts bytes that a user's sockets have sent. Returns false if the user exceeds their rate. */
    public boolean allowsBytes(String userKey, int sent) {
        return bytes.take(userKey, sent);
    }

    /** Counts a new socket of this user. Returns false if the user has their maximum. */
    public boolean enterUser(String userKey) {
        return users.enter(userKey);
    }

    /** Stops counting a socket of this user. */
    public void leaveUser(String userKey) {
        users.leave(userKey);
    }

    private boolean isExempt(InetAddress address) {
        return address.isLoopbackAddress() || exempt.contains(address);
    }
}
