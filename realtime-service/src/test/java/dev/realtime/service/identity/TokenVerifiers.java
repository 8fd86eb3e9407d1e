package dev.realtime.service.identity;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.identity.keys.TestKeys;
import dev.realtime.service.identity.keys.TokenAlgorithm;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Verifiers for tests, with one secret. */
final class TokenVerifiers {

    static final String SECRET = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    static final SecretKey KEY = new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256");

    /** No user is blocked. */
    static final Blocks NOBODY = userKey -> Optional.empty();

    private TokenVerifiers() {}

    static IdentityProperties properties(TokenAlgorithm... algorithms) {
        return new IdentityProperties(SECRET, Duration.ZERO, List.of(algorithms), null, List.of());
    }

    static TokenVerifier withKeys(String... locations) {
        return new TokenVerifier(properties(), TestKeys.of(locations), NOBODY);
    }

    static TokenException refused(TokenVerifier verifier, String token) {
        return catchThrowableOfType(TokenException.class, () -> verifier.verify(token));
    }

    static ErrorCode refusal(TokenVerifier verifier, String token) {
        return refused(verifier, token).code();
    }

    /** A token for user 17 by the pair's own algorithm; a null kid is left out. */
    static String signed(String kid, KeyPair pair) {
        JwtBuilder builder = Jwts.builder().subject("17");
        if (kid != null) {
            builder.header().keyId(kid);
        }
        return switch (pair.getPrivate().getAlgorithm()) {
            case "RSA" -> builder.signWith(pair.getPrivate(), Jwts.SIG.RS256).compact();
            case "EC" -> builder.signWith(pair.getPrivate(), Jwts.SIG.ES256).compact();
            default -> builder.signWith(pair.getPrivate(), Jwts.SIG.EdDSA).compact();
        };
    }
}
