package dev.realtime.service.identity;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import io.jsonwebtoken.Claims;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an identity from the claims of a token whose signature was verified. */
final class IdentityClaims {

    private static final int MAX_CITIES = 100;

    private IdentityClaims() {}

    /**
     * @param clockSkew is added to {@code exp}, so that a token accepted now has not expired already
     * @throws TokenException with {@link ErrorCode#TOKEN_INVALID} when a claim cannot be used
     */
    static Identity identity(Claims claims, Duration clockSkew) throws TokenException {
        return new Identity(
                userId(claims),
                text(claims, "role"),
                text(claims, "name"),
                text(claims, "login"),
                cities(claims),
                claims.getExpiration() == null
                        ? null
                        : claims.getExpiration().toInstant().plus(clockSkew));
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
                    ErrorCode.TOKEN_INVALID,
                    "The token's userId (or sub, without a userId) must be a string or an integer.");
        }
        try {
            // Any user id must be able to name its own room.
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
        if (!(value instanceof List<?> list) || list.size() > MAX_CITIES) {
            throw new TokenException(
                    ErrorCode.TOKEN_INVALID,
                    "The token's cities must be a list of at most " + MAX_CITIES + " strings.");
        }
        List<String> cities = new ArrayList<>();
        for (Object city : list) {
            // Refuses null too.
            if (!(city instanceof String name)) {
                throw new TokenException(ErrorCode.TOKEN_INVALID, "The token's cities must be valid city names.");
            }
            try {
                cities.add(Room.city(name).name());
            } catch (InvalidRoomException e) {
                throw new TokenException(ErrorCode.TOKEN_INVALID, "The token's cities must be valid city names.");
            }
        }
        return cities.stream().distinct().toList();
    }
}
