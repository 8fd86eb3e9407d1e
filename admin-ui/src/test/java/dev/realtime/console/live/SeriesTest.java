package dev.realtime.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.console.live.Series.Point;
import dev.realtime.console.live.Series.Span;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SeriesTest {

    private static final Instant BEGIN = Instant.parse("2026-11-30T10:00:00Z");

    private final Series series = new Series();

    @Test
    void keepsEachValueForFiveMinutesAndMeansForADay() {
        for (int second = 0; second < 7_200; second += 10) {
            series.add(BEGIN.plusSeconds(second), second < 3_600 ? 1 : 3);
        }
        Instant now = BEGIN.plusSeconds(7_200);
        assertThat(series.points(Span.FIVE_MINUTES, now)).hasSize(31).allMatch(point -> point.value() == 3);
        assertThat(series.points(Span.HOUR, now)).hasSize(60).allMatch(point -> point.value() == 3);
        assertThat(series.points(Span.DAY, now))
                .hasSize(12)
                .startsWith(new Point(BEGIN, 1))
                .endsWith(new Point(BEGIN.plus(Duration.ofMinutes(110)), 3));
    }

    @Test
    void forgetsWhatIsOlderThanADay() {
        series.add(BEGIN, 1);
        Instant now = BEGIN.plus(Duration.ofHours(25));
        series.add(now, 2);
        assertThat(series.points(Span.DAY, now)).extracting(Point::value).containsExactly(2.0);
    }
}
