package dev.realtime.service.identity;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.PrematureJwtException;
import io.jsonwebtoken.UnsupportedJwtException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns a token into an {@link Identity}, or says why not. HS256 only: the algorithm is ours to choose, not the token's. */
@Component
public final class TokenVerifier {

    /** The longest token that is looked at, in characters; HTTP headers end there as well. */
    private static final int MAX_TOKEN_LENGTH = 8192;

    private final JwtParser parser;

    public TokenVerifier(IdentityProperties properties) {
        var key = new SecretKeySpec(properties.jwtSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        this.parser = Jwts.parser()
                .sig()
                .clear()
                .add(Jwts.SIG.HS256)
                .and()
                .clockSkewSeconds(properties.clockSkew().toSeconds())
                .verifyWith(key)
                .build();
    }

    /**
     * Verifies signature, time and claims.
     *
     * @throws TokenException with {@link ErrorCode#TOKEN_INVALID}, {@link ErrorCode#TOKEN_ALGORITHM},
     *     {@link ErrorCode#TOKEN_EXPIRED} or {@link ErrorCode#TOKEN_NOT_YET_VALID}
     */
    public Identity verify(String token) throws TokenException {
        if (token.length() > MAX_TOKEN_LENGTH) {
            throw new TokenException(ErrorCode.TOKEN_INVALID, "The token is too long.");
        }
        try {
            return identity(parser.parseSignedClaims(token).getPayload());
        } catch (ExpiredJwtException e) {
            throw new TokenException(ErrorCode.TOKEN_EXPIRED, "The token has expired.");
        } catch (PrematureJwtException e) {
            throw new TokenException(ErrorCode.TOKEN_NOT_YET_VALID, "The token is not valid yet.");
        } catch (UnsupportedJwtException e) {
            throw new TokenException(ErrorCode.TOKEN_ALGORITHM, "The token must be signed with HS256.");
        } catch (JwtException | IllegalArgumentException e) {
            throw foreignAlgorithm(e)
                    ? new TokenException(ErrorCode.TOKEN_ALGORITHM, "The token must be signed with HS256.")
                    : new TokenException(ErrorCode.TOKEN_INVALID, "The token is not valid.");
        }
    }

    /** jjwt tells an algorithm that it was not given as a broken signature; its words are the only difference. */
    private static boolean foreignAlgorithm(Exception e) {
        return e instanceof io.jsonwebtoken.security.SignatureException
                && String.valueOf(e.getMessage()).startsWith("Unsupported signature algorithm");
    }

    private static Identity identity(Claims claims) throws TokenException {
        return new Identity(
                userId(claims),
                text(claims, "role"),
                text(claims, "name"),
                text(claims, "login"),
                cities(claims),
                claims.getExpiration() == null ? null : claims.getExpiration().toInstant());
    }

    private static Object userId(Claims claims) throws TokenException {
        Object userId = claims.get("userId");
        if (userId == null) {
            userId = claims.getSubject();
        }
        boolean usable = userId instanceof String
                || userId instanceof Integer
                || userId instanceof Long
                || userId instanceof BigInteger;
        if (userId == null || !usable) {
            throw new TokenException(
                    ErrorCode.TOKEN_INVALID, "The token's userId, or else its sub, must be a string or an integer.");
        }
        try {
            // Whatever it is, it must be able to name its own room.
            Room.user(userId.toString());
            return userId;
        } catch (InvalidRoomException e) {
            throw new TokenException(ErrorCode.TOKEN_INVALID, "The token's user id is empty, too long or unprintable.");
        }
    }

    private static @Nullable String text(Claims claims, String name) throws TokenException {
        Object value = claims.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new TokenException(ErrorCode.TOKEN_INVALID, "The token's " + name + " must be a string.");
    }

    private static List<String> cities(Claims claims) throws TokenException {
        Object value = claims.get("cities");
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || list.size() > 100) {
            throw new TokenException(
                    ErrorCode.TOKEN_INVALID, "The token's cities must be a list of at most 100 strings.");
        }
        try {
            return list.stream()
                    .map(city -> Room.city((String) city).name())
                    .distinct()
                    .toList();
        } catch (ClassCastException | InvalidRoomException e) {
            throw new TokenException(ErrorCode.TOKEN_INVALID, "The token's cities must be names of cities.");
        }
    }
}
