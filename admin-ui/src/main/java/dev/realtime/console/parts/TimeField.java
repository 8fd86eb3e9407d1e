package dev.realtime.console.parts;

import com.vaadin.flow.component.datepicker.DatePicker.DatePickerI18n;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import dev.realtime.console.language.Times;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A day and a time in the browser's zone, in the page's language. The week begins on Monday. */
public final class TimeField extends DateTimePicker {

    private static final long serialVersionUID = 1L;

    /** An id of an entry in a stream begins with its time in milliseconds. */
    private static final Pattern ID = Pattern.compile("(\\d{12,15})-\\d+");

    public TimeField(String label) {
        setLabel(label);
        setLocale(getLocale());
        setStep(Duration.ofSeconds(1));
        setDatePickerI18n(texts(getLocale()));
        setI18n(new DateTimePickerI18n()
                .setDateLabel(getTranslation("parts.date"))
                .setTimeLabel(getTranslation("parts.time"))
                .setBadInputErrorMessage(getTranslation("parts.bad-time"))
                .setIncompleteInputErrorMessage(getTranslation("parts.bad-time")));
        setDatePlaceholder(getTranslation("parts.date-hint"));
        setTimePlaceholder(getTranslation("parts.time-hint"));
    }

    private DatePickerI18n texts(Locale locale) {
        return new DatePickerI18n()
                .setMonthNames(names(Month.values(), month -> month.getDisplayName(TextStyle.FULL_STANDALONE, locale)))
                .setWeekdays(days(TextStyle.FULL_STANDALONE, locale))
                .setWeekdaysShort(days(TextStyle.SHORT_STANDALONE, locale))
                .setFirstDayOfWeek(1)
                .setDateFormat("dd.MM.yyyy")
                .setToday(getTranslation("parts.today"))
                .setCancel(getTranslation("reason.cancel"));
    }

    /** The component wants the days from Sunday. */
    private static List<String> days(TextStyle style, Locale locale) {
        return Stream.concat(
                        Stream.of(DayOfWeek.SUNDAY),
                        Arrays.stream(DayOfWeek.values()).limit(6))
                .map(day -> day.getDisplayName(style, locale))
                .toList();
    }

    private static <T> List<String> names(T[] values, Function<T, String> name) {
        return Arrays.stream(values).map(name).toList();
    }

    /** Shows the time of a place in a stream: an instant, or an entry's id. Empty for any other text. */
    public void show(String place, Times times) {
        setValue(time(place, times));
    }

    private static @Nullable LocalDateTime time(String place, Times times) {
        Matcher id = ID.matcher(place);
        try {
            Instant at = id.matches() ? Instant.ofEpochMilli(Long.parseLong(id.group(1))) : Instant.parse(place);
            return at.atZone(times.zone()).toLocalDateTime().withNano(0);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
