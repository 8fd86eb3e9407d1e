package dev.realtime.console.events;

import dev.realtime.console.api.Query;
import dev.realtime.console.live.FeedEvent;
import java.util.Locale;

/**
 * Which events are wanted; what is empty does not matter.
 *
 * @param event the name
 * @param room the printed name of a room it went to
 * @param text what stands somewhere in the subject
 */
record EventFilter(String event, String room, String text) {

    static final EventFilter NONE = new EventFilter("", "", "");

    boolean fits(FeedEvent candidate) {
        return fits(candidate.event(), candidate.subject())
                && (room.isEmpty()
                        || candidate.to().stream().anyMatch(to -> to.toString().equals(room)));
    }

    boolean fits(String name, String subject) {
        return (event.isEmpty() || event.equals(name))
                && subject.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    /** What of it the service looks for when it is asked for what was. */
    Query query() {
        return Query.none().with("event", event).with("room", room);
    }
}
