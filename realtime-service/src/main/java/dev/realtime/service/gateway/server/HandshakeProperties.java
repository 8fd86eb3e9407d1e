package dev.realtime.service.gateway.server;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What the service reads from the handshake request.
 *
 * @param tokenCookie name of the cookie that may carry the token; null if no cookie does
 */
@Validated
@ConfigurationProperties("realtime.gateway")
public record HandshakeProperties(@Nullable String tokenCookie) {}
