package dev.realtime.console.overview;

import com.vaadin.flow.server.VaadinSession;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The warnings that somebody has put off, in all tabs of the session. Guarded by the session's lock. */
final class Snoozes implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Duration LENGTH = Duration.ofHours(1);
    private static final int MOST = 100;

    private final Map<String, Instant> until = new HashMap<>();

    private Snoozes() {}

    static Snoozes ofSession() {
        VaadinSession session = VaadinSession.getCurrent();
        Snoozes snoozes = session.getAttribute(Snoozes.class);
        if (snoozes == null) {
            snoozes = new Snoozes();
            session.setAttribute(Snoozes.class, snoozes);
        }
        return snoozes;
    }

    void add(String key) {
        if (until.size() < MOST) {
            until.put(key, Instant.now().plus(LENGTH));
        }
    }

    boolean contains(String key, Instant now) {
        until.values().removeIf(end -> !end.isAfter(now));
        return until.containsKey(key);
    }

    void clear() {
        until.clear();
    }
}
