package dev.realtime.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.console.live.FeedEvent;
import dev.realtime.console.live.Passing;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FeedWindowTest {

    private final FeedWindow window = new FeedWindow();
    private Instant now = Instant.EPOCH;

    /** A second later. */
    private void tick(List<FeedEvent> newest) {
        now = now.plusSeconds(1);
        window.tick(newest, now);
    }

    @Test
    void showsEventsAtOnceUntilTheSecondIsFull() {
        tick(calls(1, 1));
        tick(calls(1, 3));
        window.tick(calls(1, 5), now.plusMillis(100));
        window.tick(calls(1, 9), now.plusMillis(200));

        assertThat(window.shown()).extracting(FeedEvent::id).containsExactly("9-0", "5-0", "4-0", "3-0", "2-0", "1-0");
        assertThat(window.leftOut()).isEqualTo(3);

        window.tick(calls(1, 10), now.plusSeconds(1));
        assertThat(window.shown().getFirst().id()).isEqualTo("10-0");
    }

    @Test
    void showsFiveOfFiveHundredEventsPerSecondAndCountsTheRest() {
        tick(calls(1, 10));
        tick(calls(1, 510));

        assertThat(window.shown()).hasSize(15);
        assertThat(window.shown().getFirst().id()).isEqualTo("510-0");
        assertThat(window.shown().get(4).id()).isEqualTo("506-0");
        assertThat(window.shown().get(5).id()).isEqualTo("10-0");
        assertThat(window.leftOut()).isEqualTo(495);
    }

    @Test
    void showsAtMostAHundredEventsAtAnyPace() {
        window.choose(EventFilter.NONE, Pace.ALL);
        tick(calls(1, 10));
        tick(calls(1, 1_000));

        assertThat(window.shown()).hasSize(FeedWindow.MOST);
        assertThat(window.leftOut()).isEqualTo(890);
    }

    @Test
    void countsEventsWhilePausedAndResumesWithTheNewest() {
        tick(calls(1, 3));
        window.pause(true);
        tick(calls(1, 20));

        assertThat(window.waiting()).isEqualTo(17);
        assertThat(window.shown()).hasSize(3);

        window.pause(false);
        tick(calls(1, 20));

        assertThat(window.waiting()).isZero();
        assertThat(window.shown()).hasSize(20);
    }

    @Test
    void showsAndCountsOnlyMatchingEvents() {
        window.choose(new EventFilter("order:new", "city:Саратов", "77"), Pace.ONE);
        tick(List.of(
                Passing.event(4, "order:new", "1770", "city:Саратов"),
                Passing.event(3, "order:new", "77", "city:Самара"),
                Passing.event(2, "order:new", "5", "city:Саратов"),
                Passing.event(1, "call:new", "77", "city:Саратов")));

        assertThat(window.shown()).extracting(FeedEvent::id).containsExactly("4-0");
        assertThat(window.leftOut()).isZero();
    }

    /** Calls with these numbers, the newest first. */
    private static List<FeedEvent> calls(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(number -> Passing.event(number, "call:new", "c" + number, "operators"))
                .toList()
                .reversed();
    }
}
