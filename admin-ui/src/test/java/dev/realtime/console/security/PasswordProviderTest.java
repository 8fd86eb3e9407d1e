package dev.realtime.console.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.console.security.ConsoleProperties.User;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

class PasswordProviderTest {

    private final PasswordProvider provider = new PasswordProvider(
            new ConsoleProperties(
                    List.of(new User("irina", LoginTest.HASH, "operator-admin")),
                    LoginTest.HASH,
                    new ConsoleProperties.Oidc("roles", Map.of()),
                    null,
                    List.of()),
            new LoginThrottle(InstantSource.fixed(Instant.EPOCH), 100),
            new HashingSlots(1, Duration.ofMinutes(1)));

    @Test
    void aRoleIncludesTheOnesBeforeIt() {
        assertThat(logIn("irina", LoginTest.PASSWORD).getAuthorities())
                .extracting("authority")
                .containsExactly("ROLE_viewer", "ROLE_operator-admin");
        assertThat(logIn("admin", LoginTest.PASSWORD).getAuthorities())
                .extracting("authority")
                .contains("ROLE_admin");
    }

    @Test
    void theRightPasswordDoesNotShortenTheWait() {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> logIn("irina", "wrong")).isInstanceOf(BadCredentialsException.class);
        }
        assertThatThrownBy(() -> logIn("irina", LoginTest.PASSWORD)).isInstanceOf(TooManyAttemptsException.class);
    }

    @Test
    void unknownNamesMustWaitToo() {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> logIn("nobody", "wrong")).isInstanceOf(BadCredentialsException.class);
        }
        assertThatThrownBy(() -> logIn("nobody", "wrong")).isInstanceOf(TooManyAttemptsException.class);
    }

    @Test
    void unknownNamesTakeAsLongAsKnownOnes() {
        logIn("irina", LoginTest.PASSWORD);
        long before = System.nanoTime();
        assertThatThrownBy(() -> logIn("irina", "wrong")).isInstanceOf(BadCredentialsException.class);
        long somebody = System.nanoTime() - before;
        before = System.nanoTime();
        assertThatThrownBy(() -> logIn("nobody", "wrong")).isInstanceOf(BadCredentialsException.class);
        long nobody = System.nanoTime() - before;
        assertThat(nobody).isGreaterThan(somebody / 5);
    }

    private Authentication logIn(String name, String password) {
        return provider.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(name, password));
    }
}
