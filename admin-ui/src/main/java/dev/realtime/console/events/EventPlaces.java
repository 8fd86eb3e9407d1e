package dev.realtime.console.events;

import java.util.regex.Pattern;

/** Ids of events, {@code milliseconds-number}, as places in the stream. */
final class EventPlaces {

    /** Nothing before it is cut off: the newest page of what was. */
    static final String NOW = "now";

    private static final Pattern ID = Pattern.compile("\\d{1,15}-\\d{1,15}");

    private EventPlaces() {}

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** What comes next, so that a page before it begins with the event itself. */
    static String behind(String id) {
        int dash = id.indexOf('-');
        return id.substring(0, dash + 1) + (Long.parseLong(id.substring(dash + 1)) + 1);
    }
}
