package dev.realtime.console.live;

import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.admin.AdminRole;
import dev.realtime.contracts.board.BoardPage;
import dev.realtime.contracts.board.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The names of people by id, for all pages. Asks the service when an unknown id is to be shown, at most every 5 s, and
 * keeps at most {@value #MOST} names. Thread-safe.
 */
@Component
public final class PeopleNames {

    private static final Logger log = LoggerFactory.getLogger(PeopleNames.class);

    private static final ConsoleUser CONSOLE = new ConsoleUser("console", AdminRole.VIEWER);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration OLD = Duration.ofMinutes(1);
    private static final int PAGE = 1_000;
    private static final int MOST = 10_000;

    private final AdminApi api;
    private final ReentrantLock asking = new ReentrantLock();
    private final AtomicBoolean background = new AtomicBoolean();
    private volatile Map<String, String> names = Map.of();
    private volatile Instant asked = Instant.EPOCH;

    PeopleNames(AdminApi api) {
        this.api = api;
    }

    /** The known names of these ids. May wait for the service, so it must not run on a thread that others wait for. */
    public Map<String, String> of(Collection<String> ids) {
        Instant now = Instant.now();
        boolean unknown = !names.keySet().containsAll(ids);
        boolean due = now.isAfter(asked.plus(unknown ? PAUSE : OLD));
        // Whoever comes while the service is being asked is content with the names from before.
        if (!ids.isEmpty() && due && asking.tryLock()) {
            try {
                names = ask();
            } catch (ServiceAwayException | RefusedException e) {
                log.debug("The names of people could not be read", e);
            } finally {
                asked = now;
                asking.unlock();
            }
        }
        return names;
    }

    /** The known name of a person; null if it is not known. Never waits: the service is asked in the background. */
    public @Nullable String known(String id) {
        String name = names.get(id);
        boolean due = Instant.now().isAfter(asked.plus(name == null ? PAUSE : OLD));
        if (due && background.compareAndSet(false, true)) {
            Thread.ofVirtual().name("people-names").start(() -> {
                try {
                    of(List.of(id));
                } finally {
                    background.set(false);
                }
            });
        }
        return name;
    }

    private Map<String, String> ask() {
        Map<String, String> found = new HashMap<>();
        for (int page = 0; page * PAGE < MOST; page++) {
            BoardPage<Person> answer = api.people(CONSOLE, Query.none().page(page, PAGE));
            for (Person person : answer.rows()) {
                String name = person.name();
                if (name != null) {
                    found.put(person.userId().toString(), name);
                }
            }
            if ((page + 1) * PAGE >= answer.page().matching()) {
                break;
            }
        }
        return Map.copyOf(found);
    }
}
