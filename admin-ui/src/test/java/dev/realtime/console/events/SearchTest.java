package dev.realtime.console.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.progressbar.ProgressBar;
import dev.realtime.console.parts.LightTable;
import dev.realtime.console.parts.TimeField;
import dev.realtime.console.testing.HistoryStub.Request;
import dev.realtime.console.testing.HistoryTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Long searches of the history: their period, how far they are, and their end. */
@ViewPackages(classes = EventsView.class)
class SearchTest extends HistoryTest {

    @Test
    void theAddressHasThePeriod() {
        go("events?after=2026-01-02T03:04:05Z&before=2026-01-03T03:04:05Z");
        await("it is asked", () -> service.asked("GET", "/events") == 1);
        assertThat(last().parameter("after")).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(last().parameter("before")).isEqualTo("2026-01-03T03:04:05Z");
        assertThat(field("Not before").getValue()).isEqualTo(local("2026-01-02T03:04:05Z"));

        fromClient("Not before", local("2026-01-01T00:00:05Z"));
        await("it is asked again", () -> service.asked("GET", "/events") == 2);
        assertThat(last().parameter("after")).isEqualTo("2026-01-01T00:00:05Z");
    }

    @Test
    void anEmptyPeriodIsRefusedAtItsField() {
        go("events?before=2026-01-03T03:04:05Z");
        await("it is asked", () -> service.asked("GET", "/events") == 1);
        fromClient("Not before", local("2026-01-03T03:04:06Z"));
        assertThat(field("Not before").isInvalid()).isTrue();
        assertThat(field("Not before").getErrorMessage()).isEqualTo("The period has to begin before it ends.");

        fromClient("Not before", local("2026-01-03T03:04:04Z"));
        assertThat(field("Not before").isInvalid()).isFalse();
        await("it is asked", () -> service.asked("GET", "/events") == 2);
    }

    @Test
    void aSearchTellsHowFarItIsUntilNothingIsLeft() {
        service.searchInSteps(Instant.now().minus(Duration.ofMinutes(30)));
        go("events?before=now&text=4711");
        await("the end", () -> reads(view(), "0 events on this page"));
        assertThat(service.asked("GET", "/events")).isBetween(30L, 31L);
        assertThat(find(ProgressBar.class).exists()).isFalse();
        assertThat(hasButton("Stop the search")).isFalse();
    }

    @Test
    void aStoppedSearchStaysWhereItIsAndGoesOnFromThere() {
        // Practically without an end.
        service.searchInSteps(Instant.now().minus(Duration.ofDays(1_000)));
        go("events?before=now&text=4711");
        await("the progress", () -> hasButton("Stop the search"));
        assertThat(reads(view(), "Searched back to")).isTrue();
        test(button("Stop the search")).click();

        assertThat(reads(view(), "The search was stopped; searched back to")).isTrue();
        assertThat(find(LightTable.class).single().rows()).isEmpty();
        service.searchInSteps(null);
        test(button("Older")).click();
        await("it goes on", () -> reads(view(), "0 events on this page"));
        Instant from =
                Instant.ofEpochMilli(Long.parseLong(last().parameter("before").replace("-0", "")));
        assertThat(from).isBefore(Instant.now().minus(Duration.ofSeconds(30)));
        assertThat(last().parameter("subject")).isEqualTo("4711");
    }

    @Test
    void theShareIsOfTheTimeToSearch() {
        Instant begin = Instant.parse("2026-01-01T10:00:00Z");
        Instant end = begin.minus(Duration.ofHours(10));
        assertThat(SearchProgress.share(begin, begin, end)).isZero();
        assertThat(SearchProgress.share(begin, begin.minus(Duration.ofHours(4)), end))
                .isCloseTo(0.4, within(0.001));
        assertThat(SearchProgress.share(begin, end.minusSeconds(5), end)).isEqualTo(1);
        assertThat(SearchProgress.share(begin, begin, begin)).isEqualTo(1);
    }

    private EventsView view() {
        return find(EventsView.class).single();
    }

    private Request last() {
        return service.requests("GET", "/events").getLast();
    }

    private TimeField field(String label) {
        return find(TimeField.class).withLabel(label).single();
    }

    private void fromClient(String label, LocalDateTime time) {
        test(field(label)).setValue(time);
    }

    private static LocalDateTime local(String instant) {
        return Instant.parse(instant).atZone(ZoneId.systemDefault()).toLocalDateTime();
    }
}
