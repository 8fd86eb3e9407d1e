package dev.realtime.service.gateway.server;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What is read from the request that opens a session.
 *
 * @param tokenCookie the cookie that may carry the token; none when absent
 */
@Validated
@ConfigurationProperties("realtime.gateway")
public record HandshakeProperties(@Nullable String tokenCookie) {}
