package dev.realtime.service.identity;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.identity.keys.KeySet;
import dev.realtime.service.identity.keys.KeysRefusedException;
import dev.realtime.service.identity.keys.TokenAlgorithm;
import dev.realtime.service.identity.keys.TokenKeys;
import dev.realtime.service.identity.keys.VerificationKey;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.JwtParserBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.PrematureJwtException;
import io.jsonwebtoken.security.SignatureException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Turns a token into an {@link Identity}, or says why not. Each key is for one algorithm; the token's header chooses
 * among our keys and must not change anything about them (RFC 8725, section 3.1).
 */
@Component
public final class TokenVerifier {

    /** The longest accepted token, in characters; HTTP headers have the same limit. */
    private static final int MAX_TOKEN_LENGTH = 8192;

    /** How many keys are tried for a token that names none. */
    private static final int MAX_TRIES = 50;

    private final IdentityProperties properties;
    private final TokenKeys keys;
    private final Blocks blocks;
    private final Clock clock;
    private final JwtParser bySecret;

    /** @throws KeysRefusedException when an accepted algorithm could never have a key */
    @Autowired
    TokenVerifier(IdentityProperties properties, TokenKeys keys, Blocks blocks) {
        this(properties, keys, blocks, Clock.systemUTC());
    }

    TokenVerifier(IdentityProperties properties, TokenKeys keys, Blocks blocks, Clock clock) {
        this.properties = properties;
        this.keys = keys;
        this.blocks = blocks;
        this.clock = clock;
        SecretKey secret = new SecretKeySpec(properties.jwtSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        this.bySecret = parser(TokenAlgorithm.HS256).verifyWith(secret).build();
        if (!keys.isConfigured()) {
            for (TokenAlgorithm algorithm : properties.algorithms()) {
                if (algorithm != TokenAlgorithm.HS256) {
                    throw new KeysRefusedException("realtime.identity.algorithms names " + algorithm.alg()
                            + ", but realtime.identity.keys names no location with keys for it.");
                }
            }
        }
    }

    private JwtParserBuilder parser(TokenAlgorithm algorithm) {
        return Jwts.parser()
                .sig()
                .clear()
                .add(algorithm.signature())
                .and()
                // Only for encrypted tokens (RFC 7516, section 4.1.3), and a way to make a small token large.
                .zip()
                .clear()
                .and()
                .clock(() -> Date.from(clock.instant()))
                .clockSkewSeconds(properties.clockSkew().toSeconds());
    }

    /**
     * Verifies the signature, time, issuer, audience and claims, and that the user is not blocked, in this order. May
     * wait for 2 s when no known key fits ({@link TokenKeys#renewed()}), so it must not be called on an event loop.
     *
     * @throws TokenException with {@link ErrorCode#TOKEN_INVALID}, {@link ErrorCode#TOKEN_ALGORITHM}, {@link
     *     ErrorCode#TOKEN_EXPIRED}, {@link ErrorCode#TOKEN_NOT_YET_VALID}, {@link ErrorCode#TOKEN_ISSUER}, {@link
     *     ErrorCode#TOKEN_AUDIENCE} or {@link ErrorCode#USER_BLOCKED}
     */
    public Identity verify(String token) throws TokenException {
        if (token.length() > MAX_TOKEN_LENGTH) {
            throw new TokenException(ErrorCode.TOKEN_INVALID, "The token is too long.");
        }
        TokenHeader header = TokenHeader.of(token);
        TokenAlgorithm algorithm = algorithm(header);
        Claims claims = algorithm == TokenAlgorithm.HS256
                ? claimsBySecret(token, header)
                : claimsByKeys(token, header, algorithm);
        checkExpiry(claims);
        checkIssuer(claims);
        checkAudience(claims);
        Identity identity = IdentityClaims.identity(claims, properties.clockSkew());
        checkBlocks(identity);
        return identity;
    }

    private TokenAlgorithm algorithm(TokenHeader header) throws TokenException {
        TokenAlgorithm algorithm = TokenAlgorithm.named(header.alg()).orElseThrow(this::otherAlgorithm);
        boolean possible = properties.algorithms().isEmpty()
                ? algorithm == TokenAlgorithm.HS256 || keys.isConfigured()
                : properties.algorithms().contains(algorithm);
        if (!possible) {
            throw otherAlgorithm();
        }
        return algorithm;
    }

    private Claims claimsBySecret(String token, TokenHeader header) throws TokenException {
        // An issuer may give the secret a kid of its own, but not the kid of a public key.
        if (header.kid() != null) {
            checkAlgorithmOf(keys.current().named(header.kid()), TokenAlgorithm.HS256);
        }
        Claims claims = claims(bySecret, token);
        if (claims == null) {
            throw invalid();
        }
        return claims;
    }

    private Claims claimsByKeys(String token, TokenHeader header, TokenAlgorithm algorithm) throws TokenException {
        KeySet known = keys.current();
        Claims claims = claims(token, header, algorithm, known);
        boolean keyMayBeNew = header.kid() == null || known.named(header.kid()).isEmpty();
        if (claims == null && keyMayBeNew) {
            KeySet renewed = keys.renewed();
            if (!renewed.equals(known)) {
                claims = claims(token, header, algorithm, renewed);
            }
        }
        if (claims != null) {
            return claims;
        }
        throw accepted().contains(algorithm) ? invalid() : otherAlgorithm();
    }

    /** The claims, verified by the first key that fits; null when none fits. */
    private @Nullable Claims claims(String token, TokenHeader header, TokenAlgorithm algorithm, KeySet among)
            throws TokenException {
        List<VerificationKey> candidates;
        if (header.kid() == null) {
            candidates = among.of(algorithm).stream().limit(MAX_TRIES).toList();
        } else {
            candidates = among.named(header.kid());
            checkAlgorithmOf(candidates, algorithm);
        }
        for (VerificationKey candidate : candidates) {
            if (candidate.algorithm() == algorithm) {
                Claims claims =
                        claims(parser(algorithm).verifyWith(candidate.key()).build(), token);
                if (claims != null) {
                    return claims;
                }
            }
        }
        return null;
    }

    private static void checkAlgorithmOf(List<VerificationKey> named, TokenAlgorithm algorithm) throws TokenException {
        if (!named.isEmpty() && named.stream().noneMatch(key -> key.algorithm() == algorithm)) {
            throw new TokenException(
                    ErrorCode.TOKEN_ALGORITHM,
                    "The key that the token names is for "
                            + named.getFirst().algorithm().alg() + " only.");
        }
    }

    /** The claims; null when the signature does not fit this parser's key. */
    private static @Nullable Claims claims(JwtParser parser, String token) throws TokenException {
        try {
            return parser.parseSignedClaims(token).getPayload();
        } catch (SignatureException e) {
            return null;
        } catch (ExpiredJwtException e) {
            // The signature is checked first.
            throw expired(e.getClaims());
        } catch (PrematureJwtException e) {
            throw new TokenException(ErrorCode.TOKEN_NOT_YET_VALID, "The token is not valid yet.");
        } catch (JwtException | IllegalArgumentException e) {
            throw invalid();
        }
    }

    /** RFC 7519, section 4.1.4: not on or after exp. The library accepts a token on exp. */
    private void checkExpiry(Claims claims) throws TokenException {
        Date expiration = claims.getExpiration();
        if (expiration != null
                && !clock.instant().isBefore(expiration.toInstant().plus(properties.clockSkew()))) {
            throw expired(claims);
        }
    }

    private void checkIssuer(Claims claims) throws TokenException {
        String issuer = properties.issuer();
        if (issuer != null && !issuer.equals(claims.getIssuer())) {
            throw new TokenException(ErrorCode.TOKEN_ISSUER, "The token is not from a trusted issuer.");
        }
    }

    private void checkAudience(Claims claims) throws TokenException {
        // RFC 7519 allows a string or an array; the library's own getter throws on a null in the array.
        Object named = claims.get(Claims.AUDIENCE);
        Collection<?> audience = named instanceof Collection<?> several ? several : Set.of(String.valueOf(named));
        List<String> wanted = properties.audiences();
        if (audience.contains(IdentityProperties.ADMIN_API)
                || !wanted.isEmpty() && wanted.stream().noneMatch(audience::contains)) {
            throw new TokenException(ErrorCode.TOKEN_AUDIENCE, "The token is for another audience.");
        }
    }

    private void checkBlocks(Identity identity) throws TokenException {
        Instant end = blocks.blockedUntil(identity.userKey()).orElse(null);
        if (end != null) {
            throw new TokenException(
                    ErrorCode.USER_BLOCKED, "The user is blocked until " + end.truncatedTo(ChronoUnit.SECONDS) + ".");
        }
    }

    private Set<TokenAlgorithm> accepted() {
        if (!properties.algorithms().isEmpty()) {
            return EnumSet.copyOf(properties.algorithms());
        }
        Set<TokenAlgorithm> accepted = EnumSet.of(TokenAlgorithm.HS256);
        accepted.addAll(keys.current().algorithms());
        return accepted;
    }

    private TokenException otherAlgorithm() {
        String names = accepted().stream().map(TokenAlgorithm::alg).collect(Collectors.joining(", "));
        return new TokenException(
                ErrorCode.TOKEN_ALGORITHM,
                "The token must be signed with " + names.replaceFirst(", (\\w+)$", " or $1") + ".");
    }

    private static TokenException expired(Claims claims) {
        return new TokenException(ErrorCode.TOKEN_EXPIRED, "The token has expired.", userOf(claims));
    }

    private static @Nullable String userOf(Claims claims) {
        try {
            return IdentityClaims.identity(claims, Duration.ZERO).userKey();
        } catch (TokenException e) {
            return null;
        }
    }

    private static TokenException invalid() {
        return new TokenException(ErrorCode.TOKEN_INVALID, "The token is not valid.");
    }
}
