package dev.realtime.service.gateway.sockets;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.identity.TokenException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code { token }}, in the CONNECT packet and in {@code authenticate}. */
final class TokenArgument {

    private static final String BEARER = "Bearer ";

    private TokenArgument() {}

    /**
     * The token; null if it is absent, null or empty.
     *
     * @throws TokenException if it is not a string
     */
    static @Nullable String read(@Nullable JsonNode argument) throws TokenException {
        JsonNode token = argument == null ? null : argument.get("token");
        if (token == null || token.isNull()) {
            return null;
        }
        if (!token.isString()) {
            throw new TokenException(ErrorCode.TOKEN_INVALID, "The token must be a string.");
        }
        String text = token.stringValue();
        // Many clients pass the value of the Authorization header.
        String bare = text.startsWith(BEARER) ? text.substring(BEARER.length()) : text;
        return bare.isBlank() ? null : bare.strip();
    }
}
