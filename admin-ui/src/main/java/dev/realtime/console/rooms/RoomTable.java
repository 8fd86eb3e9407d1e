package dev.realtime.console.rooms;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.data.renderer.LitRenderer;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.language.Sizes;
import dev.realtime.console.live.EventFeed;
import dev.realtime.console.parts.EnterKey;
import dev.realtime.console.parts.PagedRows;
import dev.realtime.console.parts.PagedRows.Answer;
import dev.realtime.console.parts.RoomWords;
import dev.realtime.console.parts.RowsState;
import dev.realtime.console.parts.WindowWidth;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.Page;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.RoomStats;
import dev.realtime.contracts.RoomStats.Occupancy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The table of rooms: kind, members, and events in the last minute. */
final class RoomTable extends Grid<RoomRow> {

    private static final long serialVersionUID = 1L;

    private static final int NARROW = 600;

    private final transient AdminApi api;
    private final transient ConsoleUser user;
    private final transient EventFeed feed;
    private final transient PagedRows<RoomRow> rows;
    private final RowsState state;

    /**
     * @param onChoice called with the selected room, or empty if none is selected any more
     * @param onEnter called after a choice by the keyboard
     */
    RoomTable(AdminApi api, ConsoleUser user, EventFeed feed, Consumer<Optional<Room>> onChoice, Runnable onEnter) {
        this.api = api;
        this.user = user;
        this.feed = feed;
        addClassName("room-table");
        setSizeFull();
        addThemeVariants(GridVariant.NO_BORDER);
        setAriaLabel(getTranslation("rooms.table"));
        columns();
        WindowWidth.tell(
                this,
                width -> Objects.requireNonNull(getColumnByKey("kind")).setVisible(width == 0 || width >= NARROW));
        rows = new PagedRows<>(this, RoomRow::room, "-members", this::ask);
        state = new RowsState(this, getTranslation("rooms.none"), rows);
        setSelectionMode(SelectionMode.SINGLE);
        asSingleSelect().addValueChangeListener(chosen -> {
            if (chosen.isFromClient()) {
                onChoice.accept(Optional.ofNullable(chosen.getValue()).map(RoomRow::room));
            }
        });
        EnterKey.opens(this, row -> {
            onChoice.accept(Optional.of(row.room()));
            onEnter.run();
        });
    }

    private void columns() {
        addColumn(LitRenderer.<RoomRow>of(
                                "<span class=\"room-tag room-${item.kind}\" title=\"${item.printed}\">${item.name}</span>")
                        .withProperty("kind", row -> row.room().kind().prefix())
                        .withProperty("name", row -> RoomWords.of(this, row.room()))
                        .withProperty("printed", row -> row.room().toString()))
                .setKey("room")
                .setHeader(getTranslation("rooms.room"))
                .setSortProperty("room")
                .setSortable(true)
                .setFlexGrow(2)
                .setWidth("10rem");
        addColumn(row -> getTranslation("rooms.kind-" + row.room().kind().prefix()))
                .setKey("kind")
                .setHeader(getTranslation("rooms.kind"))
                .setSortable(false)
                .setFlexGrow(1)
                .setWidth("8rem");
        addColumn(row -> Sizes.number(row.members(), getLocale()))
                .setKey("members")
                .setHeader(getTranslation("rooms.members"))
                .setSortProperty("members")
                .setSortable(true)
                .setTextAlign(ColumnTextAlign.END)
                .setFlexGrow(0)
                .setWidth("7rem");
        addColumn(row -> row.perMinute() == 0 ? "0" : Sizes.number(row.perMinute(), getLocale()))
                .setKey("perMinute")
                .setHeader(getTranslation("rooms.per-minute"))
                .setSortable(false)
                .setTextAlign(ColumnTextAlign.END)
                .setFlexGrow(0)
                .setWidth("8rem");
    }

    private Answer<RoomRow> ask(Query query) {
        RoomStats answer = api.rooms(user, query).data();
        Map<Room, Integer> rates = feed.perMinuteByRoom(Instant.now());
        Page page = answer.page();
        return new Answer<>(
                Objects.requireNonNullElse(answer.rooms(), List.<Occupancy>of()).stream()
                        .map(each -> new RoomRow(each.room(), each.members(), rates.getOrDefault(each.room(), 0)))
                        .toList(),
                page == null ? 0 : page.matching());
    }

    void onCount(Consumer<Integer> listener) {
        rows.onCount(found -> {
            state.answered();
            listener.accept(found);
        });
    }

    /** What the table says besides its rows. */
    RowsState state() {
        return state;
    }

    void filter(Query query) {
        rows.filter(query);
    }

    /** Marks a room that was opened by the address; rows are told apart by their rooms. */
    void mark(Room room) {
        select(new RoomRow(room, 0, 0));
    }

    /** Call without the session's lock. */
    @Nullable
    Runnable refresh() {
        return state.refresh();
    }
}
