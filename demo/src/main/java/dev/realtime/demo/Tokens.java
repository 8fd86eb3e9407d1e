package dev.realtime.demo;

import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Issues the people's tokens, as the login of a real call centre would. */
final class Tokens {

    private static final Duration VALID = Duration.ofHours(12);

    private final SecretKey key;

    Tokens(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    String of(Person person) {
        Instant now = Instant.now();
        JwtBuilder token = Jwts.builder()
                .subject(Integer.toString(person.id()))
                .claim("userId", person.id())
                .claim("role", person.role())
                .claim("name", person.name())
                .claim("login", person.login())
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(VALID)));
        if (!person.cities().isEmpty()) {
            token.claim("cities", person.cities());
        }
        return token.signWith(key, Jwts.SIG.HS256).compact();
    }
}
