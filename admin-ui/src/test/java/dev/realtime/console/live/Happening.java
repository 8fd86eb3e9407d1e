package dev.realtime.console.live;

import dev.realtime.contracts.Room;
import java.time.Instant;
import java.util.List;

/** Simulates, for tests of other packages, what otherwise arrives through Redis. */
public final class Happening {

    private Happening() {}

    /** Simulates a change of presence. */
    public static void presence(PresenceFeed feed) {
        feed.changed();
    }

    /** Simulates an event to a room. */
    public static void event(EventFeed feed, Room to) {
        Instant now = Instant.now();
        feed.add(
                new FeedEvent(now.toEpochMilli() + "-0", now, "order:updated", List.of(to), "1", 100, EventFacts.NONE),
                now);
    }
}
