package dev.realtime.console.live;

import dev.realtime.contracts.Room;
import java.time.Instant;
import java.util.List;

/** Simulates events for tests of the components that show them. */
public final class Passing {

    private Passing() {}

    public static FeedEvent event(long number, String name, String subject, String... rooms) {
        return new FeedEvent(
                number + "-0",
                Instant.ofEpochMilli(number),
                name,
                java.util.Arrays.stream(rooms).map(Room::parse).toList(),
                subject,
                120,
                EventFacts.NONE);
    }

    public static void by(EventFeed feed, FeedEvent... events) {
        List.of(events).forEach(event -> feed.add(event, Instant.now()));
    }
}
