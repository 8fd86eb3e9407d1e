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
 * Brings the parts of a view up to date that the service must be asked for: some when anybody came or went, all of them
 * every 10 s, and at once when the service is back. The part that has waited longest goes first, so that none starves when
 * there is not enough for all. While the service is away nothing is asked, and all stays as it was.
 */
public final class Refreshes implements LiveListener {

    private static final Duration AT_LEAST = Duration.ofSeconds(10);

    /** A part of a view. */
    @FunctionalInterface
    public interface Part {

        /**
         * Asks the service; not under the session's lock.
         *
         * @return what shows it, under the lock; null when it could not be asked now and wants to be called again
         */
        @Nullable
        Runnable refresh();
    }

    private static final class Turn {

        private final Part part;
        private final boolean eager;
        private Instant last;
        private long presence;

        Turn(Part part, boolean eager, Instant last) {
            this.part = part;
            this.eager = eager;
            this.last = last;
        }

        boolean isDue(Moment moment) {
            return eager && presence != moment.presence() || !moment.now().isBefore(last.plus(AT_LEAST));
        }
    }

    private final List<Turn> turns = new CopyOnWriteArrayList<>();
    private volatile boolean hurry;
    private boolean away;
    private boolean begun;

    /** A part that shows sockets, and has just been filled. */
    public Refreshes eager(Part part) {
        turns.add(new Turn(part, true, Instant.now()));
        return this;
    }

    /** A part that is filled by this, at once and then every 10 s. */
    public Refreshes calm(Part part) {
        turns.add(new Turn(part, false, Instant.EPOCH));
        return this;
    }

    /** Everything is due, since something was done. */
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
            turns.forEach(turn -> turn.presence = moment.presence());
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
            // The frame says that the service is away; what is shown stays, and the next time comes.
        }
        turn.last = moment.now();
        turn.presence = moment.presence();
    }
}
