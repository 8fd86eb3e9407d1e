package dev.realtime.console.rooms;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.frame.MainLayout;
import dev.realtime.console.language.Sizes;
import dev.realtime.console.language.Times;
import dev.realtime.console.live.EventFeed;
import dev.realtime.console.live.Live;
import dev.realtime.console.live.Moment;
import dev.realtime.console.live.Refreshes;
import dev.realtime.console.parts.Address;
import dev.realtime.console.parts.DetailHistory;
import dev.realtime.console.parts.SortParameter;
import dev.realtime.console.parts.TableWithDetail;
import dev.realtime.console.parts.Words;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.console.security.CurrentUser;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import jakarta.annotation.security.PermitAll;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The current rooms with members. The address holds the filter and the open room. */
@PermitAll
@StyleSheet("connections.css")
@StyleSheet("rooms.css")
@Route(value = RoomsView.PATH, layout = MainLayout.class)
public final class RoomsView extends Div implements HasDynamicTitle, AfterNavigationObserver {

    static final String PATH = "rooms";

    private static final long serialVersionUID = 1L;

    private final Span count = new Span();
    private final TableWithDetail layout;
    private final transient EventFeed feed;
    private final DetailHistory history = new DetailHistory(PATH);
    private final RoomFilterBar filters;
    private final RoomTable table;
    private final RoomDetail detail;
    private final transient Refreshes refreshes = new Refreshes();

    public RoomsView(Live live, AdminApi api, EventFeed feed) {
        this.feed = feed;
        ConsoleUser user = CurrentUser.get();
        Times times = Times.of(UI.getCurrent());
        addClassNames("view", "view-fill", "rooms");
        filters = new RoomFilterBar(this::filter);
        table = new RoomTable(api, user, feed, this::choose, this::focusDetail);
        SortParameter.onChange(table, this::address);
        table.onCount(found -> count.setText(getTranslation("rooms.count", Sizes.number(found, getLocale()))));
        detail = new RoomDetail(api, user, times, this::closeDetail);
        WrongRooms wrong = new WrongRooms(api, user, feed, times);
        count.addClassName("count");
        Div tools = new Div(filters, count);
        tools.addClassName("room-tools");
        layout = new TableWithDetail(table, getTranslation("rooms.detail"), "20rem", "30rem", this::closeDetail);
        add(wrong, tools, table.state(), layout);
        refreshes.eager(table::refresh).eager(detail::refresh).calm(wrong::refresh);
        live.tell(this, this::prepare);
    }

    private void filter() {
        table.filter(filters.query());
        address();
    }

    private void choose(Optional<Room> room) {
        if (room.isEmpty()) {
            closeDetail();
            return;
        }
        open(room.get());
        address();
    }

    private void focusDetail() {
        detail.focusFirst();
    }

    private void open(Room room) {
        detail.open(room);
        detail.showRate(feed.perMinuteByRoom(Instant.now()).getOrDefault(room, 0));
        layout.open(detail);
    }

    private void closeDetail() {
        if (detail.room() != null) {
            detail.close();
            layout.close();
            address();
        }
    }

    private void address() {
        getUI().ifPresent(ui -> history.show(ui, state(), detail.room() != null));
    }

    private Map<String, String> state() {
        Map<String, String> state = new LinkedHashMap<>(filters.parameters());
        Room room = detail.room();
        state.put(SortParameter.NAME, SortParameter.of(table));
        state.put("room", room == null ? "" : room.toString());
        return state;
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        var parameters = event.getLocation().getQueryParameters();
        filters.show(parameters);
        table.filter(filters.query());
        SortParameter.sort(table, Address.value(parameters, SortParameter.NAME));
        arrive(Address.value(parameters, "room"));
        history.arrived(state(), detail.room() != null);
    }

    /** Opens the room of the address, or none. */
    private void arrive(String printed) {
        if (!printed.isEmpty()) {
            try {
                Room room = Room.parse(printed);
                open(room);
                table.mark(room);
                return;
            } catch (InvalidRoomException e) {
                Words.problem(getTranslation("rooms.no-such-room", printed));
            }
        }
        if (detail.room() != null) {
            detail.close();
            layout.close();
        }
    }

    private @Nullable Runnable prepare(Moment moment) {
        Runnable change = refreshes.prepare(moment);
        Room room = detail.room();
        if (room == null) {
            return change;
        }
        int perMinute = feed.perMinuteByRoom(moment.now()).getOrDefault(room, 0);
        return () -> {
            detail.showRate(perMinute);
            if (change != null) {
                change.run();
            }
        };
    }

    @Override
    public String getPageTitle() {
        return getTranslation("frame.rooms");
    }
}
