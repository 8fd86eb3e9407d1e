package dev.realtime.console.overview;

import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import dev.realtime.console.calls.CallThresholds;
import dev.realtime.console.live.EventFeed;
import dev.realtime.console.live.Moment;
import dev.realtime.console.rooms.OpenOrders;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.Page;
import dev.realtime.contracts.board.LiveCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What people should look at besides the system's own state; asked for every few seconds. Not thread-safe. */
final class Concerns {

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int MOST_CALLS = 100;

    /**
     * The findings.
     *
     * @param lateCalls how many calls wait for too long, at most {@value Concerns#MOST_CALLS}
     * @param withoutCity how many sockets of operators have no city
     * @param unwatched how many open orders nobody watches
     */
    record Found(int lateCalls, int withoutCity, int unwatched) {

        static final Found NOTHING = new Found(0, 0, 0);
    }

    private final AdminApi api;
    private final ConsoleUser user;
    private final EventFeed feed;
    private final CallThresholds thresholds;
    private Instant asked = Instant.EPOCH;
    private volatile Found found = Found.NOTHING;

    Concerns(AdminApi api, ConsoleUser user, EventFeed feed, CallThresholds thresholds) {
        this.api = api;
        this.user = user;
        this.feed = feed;
        this.thresholds = thresholds;
    }

    Found found() {
        return found;
    }

    /** Call without the session's lock. While the service is away, what was found before stays. */
    void ask(Moment moment) {
        if (moment.service().isAway() || moment.now().isBefore(asked.plus(PAUSE))) {
            return;
        }
        asked = moment.now();
        try {
            found = new Found(
                    lateCalls(moment.now()),
                    withoutCity(),
                    OpenOrders.unwatched(api, user, feed).size());
        } catch (ServiceAwayException | RefusedException e) {
            // The state of the service is told by itself.
            asked = moment.now();
        }
    }

    private int lateCalls(Instant now) {
        List<LiveCall> waiting = api.calls(
                        user,
                        Query.none()
                                .with("stage", "waiting")
                                .with("sort", "stageSince")
                                .page(0, MOST_CALLS))
                .rows();
        Instant late = now.minus(thresholds.alarmAfter());
        return (int) waiting.stream()
                .filter(call -> call.stageSince().isBefore(late))
                .count();
    }

    private int withoutCity() {
        Page page = api.connections(
                        user,
                        Query.none()
                                .with("role", "operator")
                                .with("without", "city")
                                .page(0, 1))
                .data()
                .page();
        return page == null ? 0 : page.matching();
    }
}
