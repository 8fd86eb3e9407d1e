package dev.realtime.console.live;

import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Updates the parts of a view whose data comes from the service: eager parts when presence changes, lively parts with
 * every event too, frequent parts every 2 s, all parts every 10 s, and at once when the service is back. The part that
 * has waited longest goes first, so that none starves when the budget does not suffice for all. While the service is
 * unavailable, nothing is requested or changed.
 */
public final class Refreshes implements LiveListener {

    private static final Duration AT_LEAST = Duration.ofSeconds(10);
    private static final Duration OFTEN = Duration.ofSeconds(2);

    /** A part of a view. */
    @FunctionalInterface
    public interface Part {

        /**
         * Asks the service. Called without the session's lock.
         *
         * @return shows the answer, under the lock; null if it could not ask now and wants to be called again
         */
        @Nullable
        Runnable refresh();
    }

    private enum Kind {
        CALM,
        EAGER,
        LIVELY,
        FREQUENT
    }

    private static final class Turn {

        private final Part part;
        private final Kind kind;
        private Instant last;
        private long presence;
        private long events;

        /** Whether the last answer may lack the last event: the service may have heard of it after the console. */
        private boolean unsettled;

        Turn(Part part, Kind kind, Instant last) {
            this.part = part;
            this.kind = kind;
            this.last = last;
        }

        boolean isDue(Moment moment) {
            Duration pause = kind == Kind.FREQUENT ? OFTEN : AT_LEAST;
            return hasNews(moment) || unsettled || !moment.now().isBefore(last.plus(pause));
        }

        private boolean hasNews(Moment moment) {
            return (kind == Kind.EAGER || kind == Kind.LIVELY) && presence != moment.presence()
                    || kind == Kind.LIVELY && events != moment.events();
        }

        void taken(Moment moment) {
            unsettled = kind == Kind.LIVELY && hasNews(moment);
            last = moment.now();
            presence = moment.presence();
            events = moment.events();
        }
    }

    private final List<Turn> turns = new CopyOnWriteArrayList<>();
    private volatile boolean hurry;
    private boolean away;
    private boolean begun;

    /** Adds a part that shows sockets and is filled already. */
    public Refreshes eager(Part part) {
        turns.add(new Turn(part, Kind.EAGER, Instant.now()));
        return this;
    }

    /** Adds a part that shows what events change, and is filled already. */
    public Refreshes lively(Part part) {
        turns.add(new Turn(part, Kind.LIVELY, Instant.now()));
        return this;
    }

    /** Adds a part that is filled at once and then every 10 s. */
    public Refreshes calm(Part part) {
        turns.add(new Turn(part, Kind.CALM, Instant.EPOCH));
        return this;
    }

    /** Adds a part whose changes nothing announces: filled at once, and then every 2 s. */
    public Refreshes frequent(Part part) {
        turns.add(new Turn(part, Kind.FREQUENT, Instant.EPOCH));
        return this;
    }

    /** Makes all parts due, after an action. */
    public void hurry() {
        hurry = true;
    }

    @Override
    public @Nullable Runnable prepare(Moment moment) {
        boolean wasAway = away;
        away = moment.service().isAway();
        if (away) {
            return null;
        }
        if (!begun) {
            begun = true;
            turns.forEach(turn -> {
                turn.presence = moment.presence();
                turn.events = moment.events();
            });
        }
        if (hurry || wasAway) {
            hurry = false;
            turns.forEach(turn -> turn.last = turn.last.minus(AT_LEAST));
        }
        List<Runnable> changes = new ArrayList<>();
        turns.stream()
                .sorted(Comparator.comparing(turn -> turn.last))
                .filter(turn -> turn.isDue(moment))
                .forEach(turn -> take(turn, moment, changes));
        return changes.isEmpty() ? null : () -> changes.forEach(Runnable::run);
    }

    private static void take(Turn turn, Moment moment, List<Runnable> changes) {
        try {
            Runnable change = turn.part.refresh();
            if (change == null) {
                return;
            }
            changes.add(change);
        } catch (ServiceAwayException | RefusedException e) {
            // The frame reports that the service is unavailable; the shown data stays until the next run.
        }
        turn.taken(moment);
    }
}
