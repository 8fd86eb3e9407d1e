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
 * What a token's header says before anything is verified (RFC 7515, section 4.1). It chooses among our keys and nothing
 * else: keys, certificates and links in it ({@code jwk}, {@code x5c}, {@code jku}, {@code x5u}) are not looked at.
 *
 * @param alg the algorithm, known to us or not
 * @param kid the key's name; null when there is none
 */
record TokenHeader(String alg, @Nullable String kid) {

    /** As the library reads it, so that both see the same header. */
    private static final Deserializer<Object> JSON = new JacksonDeserializer<>();

    /**
     * Headers that were read, by how they were written: an issuer's tokens all begin with the same one. Of so many at most;
     * beyond that each is read anew.
     */
    private static final Map<String, TokenHeader> KNOWN = new ConcurrentHashMap<>();

    private static final int MAX_KNOWN = 64;
    private static final int MAX_KNOWN_LENGTH = 256;

    /** @throws TokenException when it is no header of a signed token in compact form (RFC 7515, section 7.1) */
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
            throw invalid("The token's header must have alg, a string.");
        }
        if (header.containsKey("crit")) {
            // RFC 7515, section 4.1.11: whoever does not understand all of them must refuse it.
            throw invalid("The token's header has crit, and its extensions are not known here.");
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
            // Whatever it is, it is no header.
        }
        throw invalid("The token is not valid.");
    }

    private static TokenException invalid(String message) {
        return new TokenException(ErrorCode.TOKEN_INVALID, message);
    }
}
