package dev.realtime.console.events;

import dev.realtime.console.api.Query;
import dev.realtime.console.live.FeedEvent;
import dev.realtime.contracts.SearchText;

/**
 * Selects events; empty criteria match all.
 *
 * @param event the event's name
 * @param room the printed form of a room the event went to
 * @param text a part of the subject
 */
record EventFilter(String event, String room, String text) {

    static final EventFilter NONE = new EventFilter("", "", "");

    boolean fits(FeedEvent candidate) {
        return fits(candidate.event(), candidate.subject())
                && (room.isEmpty()
                        || candidate.to().stream().anyMatch(to -> to.toString().equals(room)));
    }

    boolean fits(String name, String subject) {
        return (event.isEmpty() || event.equals(name)) && SearchText.contains(subject, SearchText.of(text));
    }

    /** The criteria that the service itself evaluates in the history. */
    Query query() {
        return Query.none().with("event", event).with("room", room);
    }
}
