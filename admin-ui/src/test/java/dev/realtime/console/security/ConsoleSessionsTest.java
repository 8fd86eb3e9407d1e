package dev.realtime.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSessionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

class ConsoleSessionsTest {

    private Instant now = Instant.EPOCH;
    private final ConsoleSessions sessions = new ConsoleSessions(() -> now);
    private final List<MockHttpSession> all = new ArrayList<>();

    @Test
    void endsTheOldestOfTooManySessions() {
        for (int i = 0; i < 6; i++) {
            logIn("irina");
            logIn("oleg" + i);
        }
        assertThat(all.stream().filter(MockHttpSession::isInvalid)).containsExactly(all.getFirst());
    }

    /** A provider may give several users the same name, even that of a user of the console. */
    @Test
    void usersOfAProviderEndNoSessionsOfOthers() {
        logIn("admin");
        for (int i = 0; i < 6; i++) {
            logIn(provided("admin", "sub-" + i));
        }
        assertThat(all).noneMatch(MockHttpSession::isInvalid);

        for (int i = 0; i < 5; i++) {
            logIn(provided("another name " + i, "sub-0"));
        }
        assertThat(all.stream().filter(MockHttpSession::isInvalid)).containsExactly(all.get(1));
    }

    private static TestingAuthenticationToken provided(String name, String subject) {
        var token = new OidcIdToken(
                "token", Instant.EPOCH, Instant.MAX, Map.of("sub", subject, "preferred_username", name));
        return new TestingAuthenticationToken(new ProviderUser("sso", new DefaultOidcUser(List.of(), token)), null);
    }

    @Test
    void noSessionLastsLongerThanTwelveHours() {
        MockHttpSession old = logIn("irina");
        now = now.plus(Duration.ofHours(1));
        MockHttpSession younger = logIn("irina");
        now = now.plus(Duration.ofHours(11)).minusSeconds(1);
        sessions.endOldOnes();
        assertThat(old.isInvalid()).isFalse();
        now = now.plusSeconds(1);
        sessions.endOldOnes();
        assertThat(old.isInvalid()).isTrue();
        assertThat(younger.isInvalid()).isFalse();
    }

    @Test
    void forgetsEndedSessions() {
        MockHttpSession session = logIn("irina");
        sessions.sessionDestroyed(new HttpSessionEvent(session));
        assertThat(sessions.size()).isZero();
    }

    private MockHttpSession logIn(String user) {
        return logIn(new TestingAuthenticationToken(user, null));
    }

    private MockHttpSession logIn(TestingAuthenticationToken user) {
        var request = new MockHttpServletRequest();
        sessions.onAuthentication(user, request, new MockHttpServletResponse());
        MockHttpSession session = (MockHttpSession) request.getSession(false);
        all.add(session);
        return session;
    }
}
