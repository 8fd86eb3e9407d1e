package dev.realtime.console.language;

import com.vaadin.flow.component.UI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats times in the browser's time zone. */
public final class Times {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm:ss");
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final ZoneId zone;

    private Times(ZoneId zone) {
        this.zone = zone;
    }

    /** The times for a page's browser. */
    public static Times of(UI ui) {
        String id = ui.getPage().getExtendedClientDetails().getTimeZoneId();
        try {
            return new Times(id == null || id.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(id));
        } catch (DateTimeException e) {
            // A time zone that this JDK does not know.
            return new Times(ZoneId.systemDefault());
        }
    }

    public ZoneId zone() {
        return zone;
    }

    /** The begin of today. */
    public Instant midnight() {
        return LocalDate.now(zone).atStartOfDay(zone).toInstant();
    }

    /** {@code 14:03:59}. */
    public String clock(Instant at) {
        return CLOCK.format(at.atZone(zone));
    }

    /** {@code 14:03:59.120}. */
    public String exact(Instant at) {
        return EXACT.format(at.atZone(zone));
    }

    /** {@code 25.11.2026 14:03:59}. */
    public String day(Instant at) {
        return DAY.format(at.atZone(zone));
    }

    /** The time, with the day unless it is today. */
    public String brief(Instant at) {
        boolean today =
                at.atZone(zone).toLocalDate().equals(Instant.now().atZone(zone).toLocalDate());
        return today ? clock(at) : day(at);
    }

    /** {@code 0:07}, {@code 12:04}, {@code 3:12:04}: hours, minutes and seconds; days count as hours. */
    public static String span(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
