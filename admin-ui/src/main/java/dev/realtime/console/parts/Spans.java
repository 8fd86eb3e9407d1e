package dev.realtime.console.parts;

import com.vaadin.flow.component.Component;

/** Lengths of time in words, in the case that follows "in" or "after". */
public final class Spans {

    private static final int MINUTE = 60;
    private static final int HOUR = 3_600;

    private Spans() {}

    /** In the largest unit that needs no fraction: {@code 90 seconds}, {@code 5 minutes}, {@code 1 hour}. */
    public static String words(Component of, int seconds) {
        if (seconds % HOUR == 0) {
            return of.getTranslation("parts.hours", seconds / HOUR);
        }
        return seconds % MINUTE == 0
                ? of.getTranslation("parts.minutes", seconds / MINUTE)
                : of.getTranslation("parts.seconds", seconds);
    }
}
