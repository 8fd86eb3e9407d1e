package dev.realtime.service.identity;

import dev.realtime.contracts.ErrorCode;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.io.Decoders;
import io.jsonwebtoken.io.Deserializer;
import io.jsonwebtoken.jackson.io.JacksonDeserializer;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A token's header before anything is verified (RFC 7515, section 4.1). It only chooses among our keys; keys,
 * certificates and links in it ({@code jwk}, {@code x5c}, {@code jku}, {@code x5u}) must never be used.
 *
 * @param alg the algorithm, known to the service or not
 * @param kid the name of the key; null when there is none
 */
record TokenHeader(String alg, @Nullable String kid) {

    /** The JWT library's own parser, so that both see the same header. */
    private static final Deserializer<Object> JSON = new JacksonDeserializer<>();

    /**
     * Parsed headers by their encoded text, since all tokens of an issuer begin with the same one. Bounded; beyond the
     * limit, headers are parsed each time.
     */
    private static final Map<String, TokenHeader> KNOWN = new ConcurrentHashMap<>();

    private static final int MAX_KNOWN = 64;
    private static final int MAX_KNOWN_LENGTH = 256;

    /** @throws TokenException when the header is not that of a signed token in compact form (RFC 7515, section 7.1) */
    static TokenHeader of(String token) throws TokenException {
        if (token.chars().filter(c -> c == '.').count() != 2) {
            throw invalid("The token is not valid.");
        }
        String encoded = token.substring(0, token.indexOf('.'));
        TokenHeader known = KNOWN.get(encoded);
        if (known == null) {
            known = parse(encoded);
            if (KNOWN.size() < MAX_KNOWN && encoded.length() <= MAX_KNOWN_LENGTH) {
                KNOWN.put(encoded, known);
            }
        }
        return known;
    }

    private static TokenHeader parse(String encoded) throws TokenException {
        Map<?, ?> header = read(encoded);
        if (!(header.get("alg") instanceof String alg)) {
            throw invalid("The token's header must have the string alg.");
        }
        if (header.containsKey("crit")) {
            // RFC 7515, section 4.1.11: a recipient that does not understand every extension must refuse the token.
            throw invalid("The token's header has crit, but its extensions are not supported.");
        }
        Object kid = header.get("kid");
        if (kid != null && !(kid instanceof String)) {
            throw invalid("The token's kid must be a string.");
        }
        return new TokenHeader(alg, (String) kid);
    }

    private static Map<?, ?> read(String encoded) throws TokenException {
        try {
            byte[] json = Decoders.BASE64URL.decode(encoded);
            Object header =
                    JSON.deserialize(new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8));
            if (header instanceof Map<?, ?> members) {
                return members;
            }
        } catch (JwtException | IllegalArgumentException e) {
            // Whatever was sent, it is not a header.
        }
        throw invalid("The token is not valid.");
    }

    private static TokenException invalid(String message) {
        return new TokenException(ErrorCode.TOKEN_INVALID, message);
    }
}
