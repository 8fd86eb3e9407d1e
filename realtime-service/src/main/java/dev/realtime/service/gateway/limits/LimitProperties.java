package dev.realtime.service.gateway.limits;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What one client may ask of one instance.
 *
 * @param sessionsPerAddress how many sessions one client address may have open, with an identity or not; IPv6 counts by
 *     its /64 network. Loopback and trusted proxies are exempt. Beyond: the handshake is answered 429
 * @param socketsPerUser how many sockets one user may have. Beyond: the socket is refused, {@code too_many_sockets}
 * @param packetsPerSecond how many packets a session may send in the long run, pings included. Beyond: it is closed,
 *     {@code too_many_messages}
 * @param packetBurst how many it may send at once after it was silent
 */
@Validated
@ConfigurationProperties("realtime.limits")
public record LimitProperties(
        @Min(1) @DefaultValue("200") int sessionsPerAddress,
        @Min(1) @DefaultValue("20") int socketsPerUser,
        @Min(1) @DefaultValue("100") int packetsPerSecond,
        @Min(1) @DefaultValue("2000") int packetBurst) {}
