package dev.realtime.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSecretsTest {

    private static final String KEY = "a-key-of-the-environment-0123456789";

    @TempDir
    private Path data;

    @Test
    void readsTheServicesFiles() throws Exception {
        Files.writeString(data.resolve("jwt-secret"), KEY + "\n");
        Files.writeString(data.resolve("webhook-token"), "kept-webhook-token\n");
        assertThat(DemoSecrets.of(Map.of("REALTIME_DATA_DIR", data.toString(), "JWT_SECRET", " ")))
                .isEqualTo(new DemoSecrets(KEY, "kept-webhook-token", null));
    }

    @Test
    void prefersTheEnvironment() throws Exception {
        Files.writeString(data.resolve("jwt-secret"), "kept-kept-kept-kept-kept-kept-kept");
        assertThat(DemoSecrets.of(Map.of(
                        "REALTIME_DATA_DIR", data.toString(), "JWT_SECRET", KEY, "WEBHOOK_TOKEN", "webhook-token-1")))
                .isEqualTo(new DemoSecrets(KEY, "webhook-token-1", null));
    }

    @Test
    void aShortKeyIsRefusedAndNotShown() {
        assertThatThrownBy(() -> DemoSecrets.of(Map.of("JWT_SECRET", "short-one")))
                .isInstanceOf(RefusedException.class)
                .hasMessage("JWT_SECRET must have at least 32 bytes.");
        assertThat(new DemoSecrets(KEY, "webhook-token-1", "admin-" + KEY).toString())
                .doesNotContain(KEY, "webhook", "admin");
    }

    @Test
    void tokensIdentifyThePerson() {
        Person person = new Person(101, Person.OPERATOR, "Анна Орлова", "o101", List.of("Уфа"), List.of());
        Claims claims = Jwts.parser()
                .verifyWith(Keys.hmacShaKeyFor(KEY.getBytes(StandardCharsets.UTF_8)))
                .build()
                .parseSignedClaims(new Tokens(KEY).of(person))
                .getPayload();
        assertThat(claims)
                .containsEntry("userId", 101)
                .containsEntry("role", "operator")
                .containsEntry("name", "Анна Орлова")
                .containsEntry("cities", List.of("Уфа"));
    }
}
