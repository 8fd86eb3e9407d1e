package dev.realtime.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSessionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.TestingAuthenticationToken;

class ConsoleSessionsTest {

    private Instant now = Instant.EPOCH;
    private final ConsoleSessions sessions = new ConsoleSessions(() -> now);
    private final List<MockHttpSession> all = new ArrayList<>();

    @Test
    void theOldestOfTooManyEnds() {
        for (int i = 0; i < 6; i++) {
            logIn("irina");
            logIn("oleg" + i);
        }
        assertThat(all.stream().filter(MockHttpSession::isInvalid)).containsExactly(all.getFirst());
    }

    @Test
    void noneLastsLongerThanTwelveHours() {
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
    void whatHasEndedIsForgotten() {
        MockHttpSession session = logIn("irina");
        sessions.sessionDestroyed(new HttpSessionEvent(session));
        assertThat(sessions.size()).isZero();
    }

    private MockHttpSession logIn(String user) {
        var request = new MockHttpServletRequest();
        sessions.onAuthentication(new TestingAuthenticationToken(user, null), request, new MockHttpServletResponse());
        MockHttpSession session = (MockHttpSession) request.getSession(false);
        all.add(session);
        return session;
    }
}
