package dev.realtime.console.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;

/**
 * The sessions of logged-in users. A user has at most {@value #MOST_PER_USER}; a further login ends the oldest one. No
 * session lasts longer than {@link #LONGEST} after its login, even if it is in use.
 *
 * <p>Surplus and expired sessions are invalidated, not only marked: with push, an open page sends no requests at which
 * Spring Security would see the mark.
 */
final class ConsoleSessions implements SessionAuthenticationStrategy, HttpSessionListener {

    static final int MOST_PER_USER = 5;
    static final Duration LONGEST = Duration.ofHours(12);

    private static final Logger log = LoggerFactory.getLogger(ConsoleSessions.class);

    /** Session attribute that identifies the session here, since its id may change. */
    private static final String ID = ConsoleSessions.class.getName();

    /** @param key identifies the user */
    private record Login(String key, String user, HttpSession session, Instant at) {}

    private final InstantSource clock;
    private final Map<Object, Login> logins = new LinkedHashMap<>();

    ConsoleSessions(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void onAuthentication(
            @Nullable Authentication authentication, HttpServletRequest request, HttpServletResponse response) {
        if (authentication == null) {
            return;
        }
        HttpSession session = request.getSession();
        Object id = new Object();
        session.setAttribute(ID, id);
        String user = authentication.getName();
        String key = ProviderUser.key(authentication);
        List<Login> surplus;
        synchronized (logins) {
            logins.put(id, new Login(key, user, session, clock.instant()));
            List<Login> own = logins.values().stream()
                    .filter(login -> login.key.equals(key))
                    .sorted(Comparator.comparing(Login::at))
                    .toList();
            surplus = own.subList(0, Math.max(0, own.size() - MOST_PER_USER));
        }
        log.info("Logged in: user \"{}\", address {}", LoginFailure.readable(user), request.getRemoteAddr());
        surplus.forEach(login -> end(login, "the user logged in " + MOST_PER_USER + " more times"));
    }

    /** Ends expired sessions. To be called periodically. */
    void endOldOnes() {
        Instant before = clock.instant().minus(LONGEST);
        List<Login> old;
        synchronized (logins) {
            old = new ArrayList<>(logins.values());
            old.removeIf(login -> login.at.isAfter(before));
        }
        old.forEach(login -> end(login, "maximum duration of " + LONGEST.toHours() + " hours reached"));
    }

    private static void end(Login login, String why) {
        try {
            login.session.invalidate();
            log.info("Ending a session of user \"{}\": {}", LoginFailure.readable(login.user), why);
        } catch (IllegalStateException e) {
            // The session has ended already.
        }
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        Object id = event.getSession().getAttribute(ID);
        synchronized (logins) {
            logins.remove(id);
        }
    }

    /** Number of sessions. */
    int size() {
        synchronized (logins) {
            return logins.size();
        }
    }
}
