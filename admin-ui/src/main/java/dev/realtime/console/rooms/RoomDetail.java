package dev.realtime.console.rooms;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.LitRenderer;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.Address;
import dev.realtime.console.parts.PagedRows;
import dev.realtime.console.parts.PagedRows.Answer;
import dev.realtime.console.parts.RoleWords;
import dev.realtime.console.parts.RoomWords;
import dev.realtime.console.parts.RowsState;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.ConnectionStats;
import dev.realtime.contracts.Page;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.contracts.admin.AdminRole;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The details of a room: members, rate of events, and links to other views. */
final class RoomDetail extends Section {

    private static final long serialVersionUID = 1L;

    private final transient ConsoleUser user;
    private final transient PagedRows<SocketPresence> rows;
    private final Grid<SocketPresence> members = new Grid<>();
    private final H2 title = new H2();
    private final Button close = new Button(VaadinIcon.CLOSE.create());
    private final Span count = new Span();
    private final Span rate = new Span();
    private final Span printed = new Span();
    private final Div links = new Div();
    private final RowsState state;
    private volatile @Nullable Room room;

    RoomDetail(AdminApi api, ConsoleUser user, Times times, Runnable onClose) {
        this.user = user;
        addClassNames("detail", "room-detail");
        title.setId("room-title");
        getElement().setAttribute("aria-labelledby", "room-title");
        close.addThemeVariants(ButtonVariant.TERTIARY);
        close.setAriaLabel(getTranslation("rooms.close"));
        close.addClickListener(click -> onClose.run());
        links.addClassName("detail-links");
        Div head = new Div(title, close);
        head.addClassName("detail-head");
        printed.addClassNames("quiet", "mono");
        Div numbers = new Div(count, rate, printed);
        numbers.addClassName("room-numbers");
        members.setAriaLabel(getTranslation("rooms.members-of"));
        members.addThemeVariants(GridVariant.NO_BORDER);
        members.setSelectionMode(Grid.SelectionMode.NONE);
        columns(times);
        rows = new PagedRows<>(members, SocketPresence::socketId, "name", query -> ask(api, query));
        state = new RowsState(members, getTranslation("rooms.nobody-in-it"), rows);
        rows.onCount(found -> {
            state.answered();
            count.setText(getTranslation("rooms.members-count", found));
        });
        add(head, numbers, links, state, members);
    }

    /** Empty, without a request, while no room is open. */
    private Answer<SocketPresence> ask(AdminApi api, Query query) {
        if (room == null) {
            return new Answer<>(List.of(), 0);
        }
        ConnectionStats answer = api.connections(user, query).data();
        Page page = answer.page();
        return new Answer<>(
                Objects.requireNonNullElse(answer.connections(), List.of()), page == null ? 0 : page.matching());
    }

    private void columns(Times times) {
        members.addColumn(LitRenderer.<SocketPresence>of("""
                        <a class="person" href="${item.link}"><b>${item.name}</b>\
                        <span class="quiet">${item.id}</span></a>""")
                        .withProperty("name", RoomDetail::name)
                        .withProperty("id", SocketPresence::userKey)
                        .withProperty(
                                "link", socket -> Address.link("connections", Map.of("socket", socket.socketId()))))
                .setKey("name")
                .setHeader(getTranslation("rooms.user"))
                .setSortProperty("name")
                .setSortable(true)
                .setFlexGrow(1)
                .setWidth("8.5rem");
        members.addColumn(socket -> RoleWords.of(this, socket.role()))
                .setHeader(getTranslation("rooms.role"))
                .setSortProperty("role")
                .setSortable(true)
                .setFlexGrow(0)
                .setWidth("5.5rem");
        members.addColumn(socket -> times.brief(socket.connectedAt()))
                .setHeader(getTranslation("rooms.since"))
                .setSortProperty("connectedAt")
                .setSortable(true)
                .setFlexGrow(0)
                .setWidth("8.5rem");
    }

    private static String name(SocketPresence socket) {
        String name = socket.name();
        String login = socket.login();
        return name != null ? name : login != null ? login : socket.userKey();
    }

    @Nullable
    Room room() {
        return room;
    }

    void open(Room opened) {
        room = opened;
        title.setText(RoomWords.of(this, opened));
        printed.setText(opened.toString());
        count.setText("");
        rows.filter(Query.none().with("room", opened));
        links.removeAll();
        if (user.may(AdminRole.OPERATOR_ADMIN)) {
            links.add(link("send", opened, "rooms.send"));
        }
        links.add(link("events", opened, "rooms.events"), link("connections", opened, "rooms.connections"));
    }

    private Anchor link(String path, Room opened, String key) {
        return new Anchor(Address.link(path, Map.of("room", opened.toString())), getTranslation(key));
    }

    void close() {
        room = null;
    }

    void focusFirst() {
        close.focus();
    }

    void showRate(int perMinute) {
        rate.setText(getTranslation("rooms.rate", perMinute));
    }

    /** Call without the session's lock. */
    @Nullable
    Runnable refresh() {
        return room == null ? () -> {} : state.refresh();
    }
}
