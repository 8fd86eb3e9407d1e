package dev.realtime.service.gateway.limits;

import dev.realtime.service.recovery.ParkedLimit;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What one client may ask of one instance.
 *
 * @param unidentifiedPerAddress how many sessions of one client address may be without an identity for longer than
 *     {@code unidentifiedAfter}; IPv6 addresses count by /64 network. Loopback and trusted proxies are exempt. Beyond
 *     this limit, a handshake is answered with 429, and an open session is closed with {@code authentication_timeout}
 * @param unidentifiedAfter how long a session may be without an identity before it counts
 * @param socketsPerUser how many sockets one user may have. Beyond this limit, a socket is refused with
 *     {@code too_many_sockets}. The same number of sessions may be parked; beyond it, the oldest is removed
 * @param packetsPerSecond how many packets a session may send per second, sustained, pings included. Beyond this limit,
 *     the session is closed with {@code too_many_messages}
 * @param packetBurst how many packets a session may send at once after a silence
 * @param bytesPerSecond how many bytes the sockets of one user may send per second, sustained. Beyond this limit, the
 *     socket that exceeds it is closed with {@code too_much_data}
 * @param byteBurst how many bytes those sockets may send at once after a silence
 * @param wrongTokensPerSecond how many tokens with a wrong signature may come from one address per second, sustained.
 *     Beyond this limit, the connection that presents one is closed with {@code too_many_messages}. Valid and expired
 *     tokens never count
 * @param wrongTokenBurst how many such tokens may come at once
 */
@Validated
@ConfigurationProperties("realtime.limits")
public record LimitProperties(
        @Min(1) @DefaultValue("50") int unidentifiedPerAddress,
        @NotNull @DefaultValue("2s") Duration unidentifiedAfter,
        @Min(1) @DefaultValue("20") int socketsPerUser,
        @Min(1) @DefaultValue("100") int packetsPerSecond,
        @Min(1) @DefaultValue("2000") int packetBurst,
        @NotNull @DefaultValue("1MB") DataSize bytesPerSecond,
        @NotNull @DefaultValue("8MB") DataSize byteBurst,
        @Min(1) @DefaultValue("2") int wrongTokensPerSecond,
        @Min(1) @DefaultValue("20") int wrongTokenBurst)
        implements ParkedLimit {

    public LimitProperties {
        if (unidentifiedAfter.isNegative() || unidentifiedAfter.toSeconds() > 60) {
            throw new IllegalArgumentException("realtime.limits.unidentified-after must be between 0 and 60 seconds");
        }
        between("bytes-per-second", bytesPerSecond, DataSize.ofKilobytes(1));
        between("byte-burst", byteBurst, DataSize.ofMegabytes(1));
    }

    @Override
    public int parkedPerUser() {
        return socketsPerUser;
    }

    private static void between(String name, DataSize value, DataSize least) {
        DataSize most = DataSize.ofGigabytes(1);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "realtime.limits." + name + " must be between " + least + " and " + most + ", but is " + value);
        }
    }
}
