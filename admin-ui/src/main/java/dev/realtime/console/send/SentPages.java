package dev.realtime.console.send;

import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.api.ShortPages;
import dev.realtime.console.live.EventFeed;
import dev.realtime.console.live.FeedEvent;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.admin.AuditEntry;
import dev.realtime.contracts.admin.EventView;
import dev.realtime.contracts.admin.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The audit's notifications, joined with the numbers of sockets that the events of the last hour were written to. */
final class SentPages {

    private static final int PAGE = 20;
    private static final int MOST_EVENTS = 200;

    /** The most pages of events to read: a page may end before it has the requested number. */
    private static final int MOST_REQUESTS = 4;

    private static final Duration KNOWN = Duration.ofHours(1);

    /**
     * A page.
     *
     * @param before the place of the next older page; null if there is none
     */
    record Page(List<Sent> sent, @Nullable String before) {}

    private final AdminApi api;
    private final ConsoleUser user;
    private final EventFeed feed;

    SentPages(AdminApi api, ConsoleUser user, EventFeed feed) {
        this.api = api;
        this.user = user;
        this.feed = feed;
    }

    /** The time of the last known notification; the earliest time if there was none. */
    Instant lastNotification() {
        return feed.newest(EventFeed.MOST).stream()
                .filter(event -> event.event().equals(BroadcastEvent.NOTIFICATION.wireName()))
                .findFirst()
                .map(FeedEvent::at)
                .orElse(Instant.EPOCH);
    }

    /** Requests a page from the service; an empty place means the newest. */
    Page before(String place) {
        Slice<AuditEntry> page = ShortPages.first(
                place,
                begin -> api.audit(
                        user,
                        Query.none()
                                .with("action", "notify")
                                .with("before", begin)
                                .with("count", PAGE)));
        Map<String, Integer> written = written(page.items());
        return new Page(
                page.items().stream()
                        .map(entry -> new Sent(entry, written.get(Sent.event(entry))))
                        .toList(),
                page.before());
    }

    private Map<String, Integer> written(List<AuditEntry> entries) {
        Instant oldest = Instant.now().minus(KNOWN);
        List<String> ids = entries.stream()
                .filter(entry -> entry.at().isAfter(oldest))
                .map(Sent::event)
                .filter(id -> !id.isEmpty())
                .toList();
        Map<String, Integer> written = new HashMap<>();
        if (!ids.isEmpty()) {
            Instant begin = entries.stream()
                    .map(AuditEntry::at)
                    .filter(at -> at.isAfter(oldest))
                    .min(Instant::compareTo)
                    .orElse(oldest);
            String place = behind(ids.getFirst());
            for (int asked = 0; asked < MOST_REQUESTS && place != null; asked++) {
                Slice<EventView> events = api.events(
                        user,
                        Query.none()
                                .with("event", BroadcastEvent.NOTIFICATION.wireName())
                                .with("before", place)
                                .with("after", begin)
                                .with("count", MOST_EVENTS));
                events.items().forEach(event -> written.put(event.id(), sockets(event)));
                place = events.before();
            }
        }
        return written;
    }

    private static int sockets(EventView event) {
        return event.written().values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String behind(String id) {
        int dash = id.indexOf('-');
        return id.substring(0, dash + 1) + (Long.parseLong(id.substring(dash + 1)) + 1);
    }
}
