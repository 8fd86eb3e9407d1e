package dev.realtime.console.wall;

import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import dev.realtime.console.language.Times;
import dev.realtime.console.live.Moment;
import dev.realtime.console.parts.PageBudget;
import dev.realtime.console.security.ConsoleUser;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When the wallboard asks for its numbers: after events, every 3 s, at most once a second for all tabs of a session. */
final class WallFeed {

    private static final Duration AT_LEAST = Duration.ofSeconds(3);

    /** The numbers, or why there are none. */
    record Answer(@Nullable WallNumbers numbers, @Nullable RuntimeException failure) {}

    private final AdminApi api;
    private final ConsoleUser user;
    private final Times times;
    private final PageBudget budget = PageBudget.ofSession("wall");
    private Instant last = Instant.EPOCH;
    private long events = -1;
    private long presence = -1;

    /** Whether the last answer may lack the last event: the service may have heard of it after the console. */
    private boolean unsettled;

    WallFeed(AdminApi api, ConsoleUser user, Times times) {
        this.api = api;
        this.user = user;
        this.times = times;
    }

    /** The answer, if it is time to ask. Call without the session's lock, by one thread at a time. */
    @Nullable
    Answer ask(Moment moment) {
        boolean news = events != moment.events() || presence != moment.presence();
        boolean due = news || unsettled || !moment.now().isBefore(last.plus(AT_LEAST));
        if (!due || !budget.takeToRefresh(1)) {
            return null;
        }
        last = moment.now();
        events = moment.events();
        presence = moment.presence();
        unsettled = news;
        try {
            return new Answer(WallNumbers.ask(api, user, times.midnight()), null);
        } catch (ServiceAwayException | RefusedException e) {
            return new Answer(null, e);
        }
    }
}
