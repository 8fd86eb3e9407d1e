package dev.realtime.console.connections;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.Address;
import dev.realtime.console.parts.Facts;
import dev.realtime.console.parts.PageBudget;
import dev.realtime.console.parts.RoleWords;
import dev.realtime.console.parts.RoomTags;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.contracts.admin.AdminRole;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The details of one socket, updated while open. After the socket has disconnected, its last known state. */
final class SocketDetail extends Section {

    private static final long serialVersionUID = 1L;

    private final transient AdminApi api;
    private final transient ConsoleUser user;
    private final transient Times times;
    private final transient PageBudget budget = PageBudget.ofSession();
    private final H2 title = new H2();
    private final Button close = new Button(VaadinIcon.CLOSE.create());
    private final Div gone = new Div();
    private final Facts facts = new Facts();
    private final H3 roomsTitle = new H3();
    private final Div rooms = new Div();
    private final Div links = new Div();
    private final SocketActions actions;
    private volatile String id = "";
    private transient @Nullable SocketPresence shown;
    private transient Instant asOf = Instant.now();
    private boolean there;
    private transient Consumer<SocketPresence> onShow = socket -> {};

    SocketDetail(AdminApi api, ConsoleUser user, Times times, SocketActions actions, Runnable onClose) {
        this.api = api;
        this.user = user;
        this.times = times;
        this.actions = actions;
        addClassName("detail");
        title.setId("socket-title");
        getElement().setAttribute("aria-labelledby", "socket-title");
        close.addThemeVariants(ButtonVariant.TERTIARY);
        close.setAriaLabel(getTranslation("connections.close-detail"));
        close.addClickListener(click -> onClose.run());
        gone.addClassName("gone");
        gone.getElement().setAttribute("role", "status");
        rooms.addClassName("detail-rooms");
        rooms.getElement().setAttribute("role", "list");
        links.addClassName("detail-links");
        Div head = new Div(title, close);
        head.addClassName("detail-head");
        add(head, gone, facts, roomsTitle, rooms, links, actions);
    }

    String id() {
        return id;
    }

    /** Adds a listener for a socket that was opened by its id and is shown now. */
    void onShow(Consumer<SocketPresence> listener) {
        onShow = listener;
    }

    /** Opens a socket of which only the id is known. */
    void open(String socketId) {
        id = socketId;
        shown = null;
        title.setText(getTranslation("connections.socket-title", socketId));
        gone.setText(getTranslation("connections.looking"));
        gone.setVisible(true);
        known(false);
    }

    /** Opens a socket of the table. */
    void open(SocketPresence socket) {
        id = socket.socketId();
        shown = null;
        show(socket);
    }

    void close() {
        id = "";
    }

    void focusFirst() {
        close.focus();
    }

    private void known(boolean known) {
        facts.getElement().setVisible(known);
        roomsTitle.setVisible(known);
        rooms.setVisible(known);
        links.setVisible(known);
        actions.setVisible(known);
    }

    /** Requests the open socket. Call without the session's lock. Null if the session's budget is used up. */
    @Nullable
    Runnable refresh() {
        String asked = id;
        if (asked.isEmpty()) {
            return () -> {};
        }
        if (!budget.takeToRefresh(1)) {
            return null;
        }
        List<SocketPresence> found = Objects.requireNonNullElse(
                api.connections(user, Query.none().with("socket", asked).page(0, 1))
                        .data()
                        .connections(),
                List.of());
        return () -> {
            if (!asked.equals(id)) {
                return;
            }
            if (found.isEmpty()) {
                showGone();
            } else {
                show(found.getFirst());
            }
        };
    }

    private void showGone() {
        gone.setVisible(true);
        SocketPresence last = shown;
        if (last == null) {
            gone.setText(getTranslation("connections.never-seen"));
            return;
        }
        if (there) {
            there = false;
            gone.setText(getTranslation("connections.gone", times.brief(asOf)));
            actions.of(last, false);
            showRooms(last);
        }
    }

    private void show(SocketPresence socket) {
        asOf = Instant.now();
        boolean same = socket.equals(shown) && there;
        if (same) {
            return;
        }
        boolean first = shown == null;
        boolean roomsToo = shown == null || !there || !shown.rooms().equals(socket.rooms());
        shown = socket;
        there = true;
        gone.setVisible(false);
        title.setText(SocketColumns.name(socket));
        known(true);
        showFacts(socket);
        actions.of(socket, true);
        if (roomsToo) {
            showRooms(socket);
            showLinks(socket);
        }
        if (first) {
            onShow.accept(socket);
        }
    }

    private void showFacts(SocketPresence socket) {
        fact("user", socket.userKey());
        fact("login", socket.login());
        String role = socket.role();
        fact("role", RoleWords.of(this, role));
        facts.set(getTranslation("connections.socket"), socket.socketId(), "mono");
        fact("instance", socket.instance());
        fact("transport", socket.transport());
        fact("address", socket.address());
        fact("client", Client.program(socket.userAgent()));
        fact("protocol", Client.revision(socket));
        fact("connectedAt", times.day(socket.connectedAt()));
        facts.set(
                getTranslation("connections.queue"),
                SocketColumns.queue(socket, getLocale()),
                socket.queueOrZero() > 0 ? "queue" : "");
        String agent = socket.userAgent();
        facts.set(getTranslation("connections.agent"), agent == null ? "–" : agent, "agent");
    }

    private void fact(String key, @Nullable String value) {
        facts.set(getTranslation("connections." + key), value == null || value.isEmpty() ? "–" : value);
    }

    private void showRooms(SocketPresence socket) {
        roomsTitle.setText(
                getTranslation("connections.rooms-count", socket.rooms().size()));
        rooms.removeAll();
        for (Room room : socket.rooms()) {
            Anchor link = new Anchor(Address.link("rooms", Map.of("room", room.toString())), RoomTags.tag(room));
            Div item = new Div(link);
            item.getElement().setAttribute("role", "listitem");
            if (there && actions.mayAct() && !room.equals(Room.user(socket.userKey()))) {
                item.add(actions.leave(socket, room));
            }
            rooms.add(item);
        }
        if (socket.rooms().isEmpty()) {
            Span none = new Span(getTranslation("connections.no-rooms"));
            none.addClassName("quiet");
            rooms.add(none);
        }
    }

    private void showLinks(SocketPresence socket) {
        links.removeAll();
        links.add(new Anchor(
                Address.link("people", Map.of("person", socket.userKey())), getTranslation("connections.person")));
        links.add(new Anchor(
                Address.link("connections", Map.of("user", socket.userKey())),
                getTranslation("connections.all-of-user")));
        if (user.may(AdminRole.OPERATOR_ADMIN)) {
            links.add(new Anchor(
                    Address.link("send", Map.of("user", socket.userKey())),
                    getTranslation("connections.send-to-user")));
        }
    }
}
