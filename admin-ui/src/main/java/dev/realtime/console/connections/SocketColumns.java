package dev.realtime.console.connections;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.Grid.Column;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.data.renderer.Renderer;
import com.vaadin.flow.function.ValueProvider;
import dev.realtime.console.language.Sizes;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.RoleWords;
import dev.realtime.console.parts.RoomWords;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The columns of the table of sockets, fewer on narrow screens. The browser renders them from texts, so that thousands
 * of rows need no components.
 */
final class SocketColumns {

    private static final int NARROW = 700;

    /** The window from which on a column fits beside those before it. */
    private static final Map<String, Integer> LEAST_WIDTHS =
            Map.of("transport", 1_280, "address", 1_400, "client", 1_520);

    private static final int ROOMS = 3;
    private static final int SHORT = 8;

    private static final String COPY = """
            <span class="mono" title="${item.id}">${item.short}</span>\
            <button class="copy" tabindex="-1" aria-label="${item.copy}" title="${item.copy}" \
            @click="${(e) => { e.stopPropagation(); navigator.clipboard && navigator.clipboard.writeText(item.id); \
            e.currentTarget.toggleAttribute('data-done', true); \
            setTimeout((b) => b.removeAttribute('data-done'), 1200, e.currentTarget); }}"></button>""";

    private final Grid<SocketPresence> grid;
    private final Times times;
    private final Locale locale;

    SocketColumns(Grid<SocketPresence> grid, Times times, Locale locale) {
        this.grid = grid;
        this.times = times;
        this.locale = locale;
        // The most important columns come first, since the last ones may be out of sight.
        column("name", person()).setFlexGrow(3).setWidth("12.5rem");
        column("role", LitRenderer.<SocketPresence>of("${item.role}").withProperty("role", this::role))
                .setWidth("5.6rem");
        column("rooms", rooms()).setFlexGrow(4).setWidth("12.5rem");
        column("queue", queue()).setWidth("6.5rem").setTextAlign(ColumnTextAlign.END);
        column("connectedAt", since()).setWidth("7.2rem");
        column("socket", socket()).setWidth("7.4rem").setSortable(false);
        column("instance", text(SocketPresence::instance)).setWidth("7.4rem");
        column("transport", text(SocketPresence::transport)).setWidth("7.4rem");
        column("address", text(SocketPresence::address)).setWidth("6.6rem");
        column("client", text(Client::words)).setFlexGrow(1).setWidth("8rem").setSortable(false);
    }

    /** Shows the columns that fit a window of that width in pixels. */
    void fit(int width) {
        boolean narrow = width > 0 && width < NARROW;
        List.of("role", "socket", "rooms", "instance").forEach(key -> show(key, !narrow));
        LEAST_WIDTHS.forEach((key, least) -> show(key, width == 0 || width >= least));
        column("name").setWidth(narrow ? "7rem" : "13rem");
    }

    private void show(String key, boolean visible) {
        column(key).setVisible(visible);
    }

    private Column<SocketPresence> column(String key) {
        return Objects.requireNonNull(grid.getColumnByKey(key));
    }

    private Column<SocketPresence> column(String key, Renderer<SocketPresence> renderer) {
        return grid.addColumn(renderer)
                .setKey(key)
                .setHeader(grid.getTranslation("connections." + key))
                .setSortProperty(key)
                .setSortable(true)
                .setResizable(true)
                .setFlexGrow(0);
    }

    private static Renderer<SocketPresence> text(ValueProvider<SocketPresence, String> provider) {
        return LitRenderer.<SocketPresence>of("<span title=\"${item.text}\">${item.text}</span>")
                .withProperty("text", provider);
    }

    private static Renderer<SocketPresence> person() {
        return LitRenderer.<SocketPresence>of(
                        "<span class=\"person\"><b>${item.name}</b><span class=\"quiet\">${item.ids}</span></span>")
                .withProperty("name", SocketColumns::name)
                .withProperty("ids", SocketPresence::userKey);
    }

    /** The user's name, or else their login or id. */
    static String name(SocketPresence socket) {
        String name = socket.name();
        String login = socket.login();
        return name != null ? name : login != null ? login : socket.userKey();
    }

    /** The user's id and login. */
    static String ids(SocketPresence socket) {
        String login = socket.login();
        return login == null ? socket.userKey() : socket.userKey() + " · " + login;
    }

    private String role(SocketPresence socket) {
        String role = socket.role();
        return RoleWords.of(grid, role);
    }

    private Renderer<SocketPresence> socket() {
        String copy = grid.getTranslation("connections.copy");
        return LitRenderer.<SocketPresence>of(COPY)
                .withProperty("id", SocketPresence::socketId)
                .withProperty("short", SocketColumns::shortId)
                .withProperty("copy", any -> copy);
    }

    static String shortId(SocketPresence socket) {
        String id = socket.socketId();
        return id.length() > SHORT ? id.substring(0, SHORT) + "…" : id;
    }

    private Renderer<SocketPresence> rooms() {
        return LitRenderer.<SocketPresence>of("""
                        <span class="room-tags" title="${item.all}">\
                        ${item.rooms.map((room) => html`<span class="room-tag room-${room.kind}">${room.words}</span>`)}\
                        ${item.rest ? html`<span class="room-rest">+${item.rest}</span>` : ''}</span>""")
                .withProperty(
                        "rooms",
                        socket -> told(socket).stream()
                                .limit(ROOMS)
                                .map(room -> Map.of("kind", room.kind().prefix(), "words", RoomWords.of(grid, room)))
                                .toList())
                .withProperty("rest", socket -> Math.max(0, told(socket).size() - ROOMS))
                .withProperty(
                        "all",
                        socket -> socket.rooms().stream().map(Room::toString).collect(Collectors.joining("\n")));
    }

    /** The most informative rooms first: cities and orders before those that follow from role and id. */
    private static List<Room> told(SocketPresence socket) {
        return socket.rooms().stream()
                .sorted(Comparator.comparing(room -> switch (room.kind()) {
                    case CITY -> 0;
                    case ORDER -> 1;
                    case OPERATORS, DIRECTORS -> 2;
                    default -> 3;
                }))
                .toList();
    }

    private Renderer<SocketPresence> since() {
        return LitRenderer.<SocketPresence>of("<span title=\"${item.day}\">${item.brief}</span>")
                .withProperty("brief", socket -> times.brief(socket.connectedAt()))
                .withProperty("day", socket -> times.day(socket.connectedAt()));
    }

    private Renderer<SocketPresence> queue() {
        return LitRenderer.<SocketPresence>of("<span class=\"${item.waits ? 'queue' : 'quiet'}\">${item.queue}</span>")
                .withProperty("waits", socket -> socket.queueOrZero() > 0)
                .withProperty("queue", socket -> queue(socket, locale));
    }

    /** The least number of bytes queued for the client, since the queue is reported in steps. */
    static String queue(SocketPresence socket, Locale locale) {
        return socket.queueOrZero() == 0 ? "0" : "≥ " + Sizes.bytes(socket.queueOrZero(), locale);
    }
}
