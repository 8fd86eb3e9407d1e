package dev.realtime.console.events;

import dev.realtime.console.live.FeedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of the feed on the screen: the newest {@value #MOST} matching events. Events are added at the chosen pace,
 * and not while paused. Guarded by the session's lock.
 */
final class FeedWindow {

    static final int MOST = 100;

    private EventFilter filter = EventFilter.NONE;
    private Pace pace = Pace.FIVE;
    private boolean paused;
    private boolean untouched = true;
    private List<FeedEvent> shown = List.of();
    private String last = "";
    private long leftOut;
    private long waiting;

    /** When the current second of the pace began, and how many events it has had. */
    private Instant second = Instant.EPOCH;

    private int inSecond;

    List<FeedEvent> shown() {
        return shown;
    }

    boolean isPaused() {
        return paused;
    }

    /** Number of events skipped because of the pace since the filter or the pace was chosen. */
    long leftOut() {
        return leftOut;
    }

    /** Number of events since the feed was paused. */
    long waiting() {
        return waiting;
    }

    /** Starts again with the matching events. */
    void choose(EventFilter wanted, Pace speed) {
        if (!wanted.equals(filter) || speed != pace) {
            filter = wanted;
            pace = speed;
            begin();
        }
    }

    /** Pauses, or resumes with the newest events. */
    void pause(boolean still) {
        paused = still;
        waiting = 0;
        if (!still) {
            begin();
        }
    }

    private void begin() {
        untouched = true;
        leftOut = 0;
        waiting = 0;
    }

    /** @param newest the known events, newest first */
    void tick(List<FeedEvent> newest, Instant now) {
        if (newest.isEmpty()) {
            return;
        }
        List<FeedEvent> fresh = untouched ? newest : since(newest);
        last = newest.getFirst().id();
        List<FeedEvent> fitting = fresh.stream().filter(filter::fits).toList();
        if (untouched) {
            untouched = false;
            shown = fitting.stream().limit(MOST).toList();
        } else if (paused) {
            waiting += fitting.size();
        } else if (!fitting.isEmpty()) {
            List<FeedEvent> more = new ArrayList<>(fitting.subList(0, Math.min(room(now), fitting.size())));
            inSecond += more.size();
            leftOut += fitting.size() - more.size();
            more.addAll(shown);
            shown = more.stream().limit(MOST).toList();
        }
    }

    /** How many more events this second may have. */
    private int room(Instant now) {
        if (!now.isBefore(second.plusSeconds(1))) {
            second = now;
            inSecond = 0;
        }
        return Math.max(0, pace.perSecond() - inSecond);
    }

    private List<FeedEvent> since(List<FeedEvent> newest) {
        return newest.stream().takeWhile(event -> !event.id().equals(last)).toList();
    }
}
