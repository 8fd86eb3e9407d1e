package dev.realtime.console.events;

import dev.realtime.console.api.Query;
import dev.realtime.console.live.FeedEvent;
import dev.realtime.contracts.SearchText;

/**
 * Selects events; empty criteria match all. The feed knows no phone numbers, operators and cities, so these are for the
 * history only, which the service searches.
 *
 * @param event the event's name
 * @param room the printed form of a room the event went to
 * @param text a part of the subject; in the history, all of it
 * @param phone a whole phone number in any form; not in the address, which browsers and proxies keep
 * @param operator an operator's id or a part of their name
 * @param city a part of a city's name
 */
record EventFilter(String event, String room, String text, String phone, String operator, String city) {

    static final EventFilter NONE = new EventFilter("", "", "");

    /** A filter of the feed. */
    EventFilter(String event, String room, String text) {
        this(event, room, text, "", "", "");
    }

    boolean fits(FeedEvent candidate) {
        return (event.isEmpty() || event.equals(candidate.event()))
                && SearchText.contains(candidate.subject(), SearchText.of(text))
                && (room.isEmpty()
                        || candidate.to().stream().anyMatch(to -> to.toString().equals(room)));
    }

    /** The query for the service. */
    Query query() {
        return Query.none()
                .with("event", event)
                .with("room", room)
                .with("subject", text)
                .with("phone", phone)
                .with("operator", operator)
                .with("city", city);
    }

    /** Omits the phone number. */
    @Override
    public String toString() {
        return "EventFilter[" + event + ", " + room + ", " + text + ", " + operator + ", " + city + "]";
    }
}
