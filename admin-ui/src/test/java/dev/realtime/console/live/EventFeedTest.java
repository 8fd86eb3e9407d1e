package dev.realtime.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.console.live.Series.Point;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventFeedTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final EventFeed feed = new EventFeed();

    /** After an outage all that was missed is read at once; it did not happen at once. */
    @Test
    void whatIsReadLateIsNoSpike() {
        for (int second = 20; second > 5; second--) {
            Instant then = NOON.minusSeconds(second);
            feed.add(Passing.event(then.toEpochMilli(), "call:new", "4711", "operators"), NOON);
        }
        feed.tick(NOON.plusSeconds(1));

        assertThat(feed.perSecond().points()).extracting(Point::value).containsExactly(0.0);
        assertThat(feed.newest(EventFeed.MOST)).hasSize(15);
        assertThat(feed.perMinuteByName(NOON.plusSeconds(1))).containsEntry("call:new", 15);
    }

    @Test
    void eventsCountInTheirSecond() {
        feed.add(Passing.event(NOON.toEpochMilli(), "call:new", "4711", "operators"), NOON);
        feed.tick(NOON.plusSeconds(1));

        assertThat(feed.perSecond().points()).extracting(Point::value).containsExactly(1.0);
    }
}
