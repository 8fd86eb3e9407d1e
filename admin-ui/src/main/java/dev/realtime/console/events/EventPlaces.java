package dev.realtime.console.events;

import java.util.regex.Pattern;

/** Event ids, {@code milliseconds-number}, as places in the stream. */
final class EventPlaces {

    /** The place after all events: selects the newest page of the history. */
    static final String NOW = "now";

    private static final Pattern ID = Pattern.compile("\\d{1,15}-\\d{1,15}");

    private EventPlaces() {}

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The next id, so that the page before it starts with the event itself. */
    static String behind(String id) {
        int dash = id.indexOf('-');
        return id.substring(0, dash + 1) + (Long.parseLong(id.substring(dash + 1)) + 1);
    }
}
