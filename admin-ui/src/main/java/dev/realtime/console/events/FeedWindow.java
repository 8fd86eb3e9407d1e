package dev.realtime.console.events;

import dev.realtime.console.live.FeedEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of the feed that is on the screen: the newest {@value #MOST} events that fit, of which only so many a second
 * come in, and none while it is paused. Guarded by the session's lock.
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

    List<FeedEvent> shown() {
        return shown;
    }

    boolean isPaused() {
        return paused;
    }

    /** How many events were passed over since the filter or the pace was chosen, to keep to the pace. */
    long leftOut() {
        return leftOut;
    }

    /** How many events have come since it was paused. */
    long waiting() {
        return waiting;
    }

    /** Begins anew with what fits. */
    void choose(EventFilter wanted, Pace speed) {
        if (!wanted.equals(filter) || speed != pace) {
            filter = wanted;
            pace = speed;
            begin();
        }
    }

    /** Stands still, or goes on with the newest there are then. */
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

    /** @param newest the events that are known, the newest first; called once a second */
    void tick(List<FeedEvent> newest) {
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
            List<FeedEvent> more = new ArrayList<>(fitting.subList(0, Math.min(pace.perSecond(), fitting.size())));
            leftOut += fitting.size() - more.size();
            more.addAll(shown);
            shown = more.stream().limit(MOST).toList();
        }
    }

    private List<FeedEvent> since(List<FeedEvent> newest) {
        return newest.stream().takeWhile(event -> !event.id().equals(last)).toList();
    }
}
