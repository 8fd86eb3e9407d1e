package dev.realtime.console.api;

import dev.realtime.console.security.ConsoleUser;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** Issues tokens for the admin API (HS256): one per request, with the user's name and role, valid for a minute. */
@Component
final class AdminTokens {

    private static final String AUDIENCE = "admin-api";
    private static final Duration LIFE = Duration.ofMinutes(1);

    private final SecretKey key;

    AdminTokens(ApiProperties properties) {
        key = new SecretKeySpec(properties.adminApiSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    String of(ConsoleUser user) {
        return Jwts.builder()
                .audience()
                .add(AUDIENCE)
                .and()
                .subject(user.name())
                .claim("role", user.role().claim())
                .expiration(Date.from(Instant.now().plus(LIFE)))
                .signWith(key, Jwts.SIG.HS256)
                .compact();
    }
}
