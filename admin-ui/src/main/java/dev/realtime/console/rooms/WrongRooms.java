package dev.realtime.console.rooms;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.language.Times;
import dev.realtime.console.live.EventFeed;
import dev.realtime.console.parts.Address;
import dev.realtime.console.parts.RoomTags;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.Page;
import dev.realtime.contracts.Room;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Suspicious rooms, with advice: operators without a city, and active orders that nobody watches. A quiet line if there
 * are none.
 */
final class WrongRooms extends Section {

    private static final long serialVersionUID = 1L;

    /** The most orders listed. */
    private static final int SHOWN = 12;

    private static final Map<String, String> WITHOUT_CITY = Map.of("role", "operator", "without", "city");

    /** The data to show. */
    private record Findings(int withoutCity, List<Unwatched> unwatched) {}

    /** An order that nobody watches, and the time of its last event. */
    private record Unwatched(Room order, @Nullable Instant last) {}

    private final transient AdminApi api;
    private final transient ConsoleUser user;
    private final transient EventFeed feed;
    private final transient Times times;
    private transient @Nullable Findings shown;

    WrongRooms(AdminApi api, ConsoleUser user, EventFeed feed, Times times) {
        this.api = api;
        this.user = user;
        this.feed = feed;
        this.times = times;
        addClassName("wrong-rooms");
        getElement().setAttribute("aria-label", getTranslation("rooms.wrong"));
        getElement().setAttribute("aria-live", "polite");
    }

    /** Sends at most three requests to the service. Call without the session's lock. */
    Runnable refresh() {
        Page page = api.connections(
                        user,
                        Query.none()
                                .with("role", "operator")
                                .with("without", "city")
                                .page(0, 1))
                .data()
                .page();
        Findings found = new Findings(page == null ? 0 : page.matching(), unwatched());
        return () -> show(found);
    }

    private List<Unwatched> unwatched() {
        return OpenOrders.unwatched(api, user, feed).stream()
                .map(order -> new Unwatched(order, feed.lastOf(order)))
                .toList();
    }

    private void show(Findings found) {
        if (found.equals(shown)) {
            return;
        }
        shown = found;
        removeAll();
        List<Component> lines = new ArrayList<>();
        if (found.withoutCity > 0) {
            lines.add(withoutCity(found.withoutCity));
        }
        if (!found.unwatched.isEmpty()) {
            lines.add(unwatched(found.unwatched));
        }
        if (lines.isEmpty()) {
            Div fine = new Div(VaadinIcon.CHECK_CIRCLE.create(), new Span(getTranslation("rooms.fine")));
            fine.addClassName("fine");
            lines.add(fine);
        }
        add(lines);
    }

    private Component withoutCity(int sockets) {
        Div text = new Div(
                new Span(getTranslation("rooms.without-city", sockets)),
                new Anchor(Address.link("connections", WITHOUT_CITY), getTranslation("rooms.without-city-who")));
        return line(text, getTranslation("rooms.without-city-do"));
    }

    private Component unwatched(List<Unwatched> orders) {
        Div text = new Div(new Span(getTranslation("rooms.unwatched", orders.size())));
        orders.stream().limit(SHOWN).forEach(unwatched -> text.add(order(unwatched)));
        if (orders.size() > SHOWN) {
            text.add(new Span(getTranslation("rooms.more", orders.size() - SHOWN)));
        }
        return line(text, getTranslation("rooms.unwatched-do"));
    }

    private Component order(Unwatched unwatched) {
        Anchor link = new Anchor(
                Address.link("events", Map.of("room", unwatched.order.toString())), RoomTags.tag(unwatched.order));
        Instant last = unwatched.last;
        Span order = new Span(link);
        if (last != null) {
            Span at = new Span(times.brief(last));
            at.addClassName("quiet");
            at.setTitle(getTranslation("rooms.last-event", times.day(last)));
            order.add(at);
        }
        order.addClassName("unwatched");
        return order;
    }

    private static Component line(Div text, String advice) {
        text.addClassName("wrong-text");
        Span todo = new Span(advice);
        todo.addClassName("quiet");
        Div words = new Div(text, todo);
        words.addClassName("wrong-words");
        Div line = new Div(VaadinIcon.EXCLAMATION_CIRCLE.create(), words);
        line.addClassName("trouble");
        return line;
    }
}
