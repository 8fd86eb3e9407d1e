package dev.realtime.console.people;

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
import dev.realtime.console.connections.UserActions;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.Address;
import dev.realtime.console.parts.Facts;
import dev.realtime.console.parts.PageBudget;
import dev.realtime.console.parts.RoleWords;
import dev.realtime.console.parts.RunningTime;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.contracts.admin.AdminRole;
import dev.realtime.contracts.board.Person;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The details of one person, updated while open: what they do, their sockets, and links to other views. */
final class PersonDetail extends Section {

    private static final long serialVersionUID = 1L;

    private static final int MOST = 100;

    private final transient AdminApi api;
    private final transient ConsoleUser user;
    private final transient Times times;
    private final transient PageBudget budget = PageBudget.ofSession();
    private final H2 title = new H2();
    private final Button close = new Button(VaadinIcon.CLOSE.create());
    private final Div note = new Div();
    private final Span status = new Span();
    private final RunningTime since = new RunningTime();
    private final Div doing = new Div(status, since);
    private final Facts facts = new Facts();
    private final H3 socketsTitle = new H3();
    private final SocketLinks sockets;
    private final Div links = new Div();
    private final UserActions actions;
    private volatile String userKey = "";
    private boolean byKey;
    private transient Consumer<Person> onShow = person -> {};

    PersonDetail(AdminApi api, ConsoleUser user, Times times, Runnable done, Runnable onClose) {
        this.api = api;
        this.user = user;
        this.times = times;
        actions = new UserActions(api, user, done);
        sockets = new SocketLinks(times);
        addClassNames("detail", "person-detail");
        title.setId("person-title");
        getElement().setAttribute("aria-labelledby", "person-title");
        close.addThemeVariants(ButtonVariant.TERTIARY);
        close.setAriaLabel(getTranslation("people.close"));
        close.addClickListener(click -> onClose.run());
        note.addClassName("gone");
        note.getElement().setAttribute("role", "status");
        doing.addClassName("doing");
        links.addClassName("detail-links");
        actions.addClassName("person-actions");
        Div head = new Div(title, close);
        head.addClassName("detail-head");
        add(head, note, doing, facts, socketsTitle, sockets, links, actions);
    }

    /** The open person's id as text; empty if none is open. */
    String userKey() {
        return userKey;
    }

    /** Opens a person of whom only the id is known. */
    void open(String key) {
        userKey = key;
        byKey = true;
        title.setText(key);
        note.setText(getTranslation("people.looking"));
        note.setVisible(true);
        known(false);
    }

    /** Opens a person of the table. */
    void open(Person person) {
        userKey = person.userId().toString();
        byKey = false;
        socketsTitle.setText("");
        sockets.show(List.of());
        show(person);
    }

    void close() {
        userKey = "";
    }

    /** Adds a listener for a person who was opened by their id and is shown now. */
    void onShow(Consumer<Person> listener) {
        onShow = listener;
    }

    void focusFirst() {
        close.focus();
    }

    private void known(boolean known) {
        doing.setVisible(known);
        facts.getElement().setVisible(known);
        socketsTitle.setVisible(known);
        sockets.setVisible(known);
        links.setVisible(known);
        actions.setVisible(known && user.may(AdminRole.ADMIN));
    }

    /** Requests the open person. Call without the session's lock. Null if the session's budget is used up. */
    @Nullable
    Runnable refresh() {
        String asked = userKey;
        if (asked.isEmpty()) {
            return () -> {};
        }
        if (!budget.takeToRefresh(1)) {
            return null;
        }
        Query query = Query.none().with("user", asked).page(0, MOST);
        Person found = api.people(user, query).rows().stream()
                .filter(person -> person.userId().toString().equals(asked))
                .findFirst()
                .orElse(null);
        List<SocketPresence> theirs =
                Objects.requireNonNullElse(api.connections(user, query).data().connections(), List.of());
        return () -> {
            if (!asked.equals(userKey)) {
                return;
            }
            if (found == null) {
                note.setText(getTranslation("people.unknown"));
                note.setVisible(true);
                return;
            }
            show(found);
            socketsTitle.setText(getTranslation("people.sockets-count", theirs.size()));
            sockets.show(theirs);
        };
    }

    private void show(Person person) {
        String name = PersonColumns.name(person);
        note.setVisible(false);
        known(true);
        title.setText(name);
        status.setText(PersonColumns.words(this, person));
        status.setClassName("status status-" + person.status().wireName());
        since.setVisible(!person.since().equals(Instant.EPOCH));
        since.since(person.since());
        fact("role", person.role() == null ? null : RoleWords.of(this, person.role()));
        fact("city", PersonColumns.cities(person));
        fact("id", person.userId().toString());
        Instant seen = person.lastSeen();
        fact(
                "seen",
                seen == null ? getTranslation(person.sockets() > 0 ? "people.here" : "people.never") : times.day(seen));
        actions.of(userKey, name);
        showLinks(person);
        if (byKey) {
            byKey = false;
            onShow.accept(person);
        }
    }

    private void fact(String key, @Nullable String value) {
        facts.set(getTranslation("people." + key), value == null ? "–" : value);
    }

    private void showLinks(Person person) {
        links.removeAll();
        Object call = person.callId();
        if (call != null) {
            links.add(link("calls", "text", call.toString(), "people.call"));
        }
        links.add(
                link("calls", "operator", userKey, "people.calls"),
                link("connections", "user", userKey, "people.connections"),
                link("events", "room", Room.user(userKey).toString(), "people.events"));
        if (user.may(AdminRole.OPERATOR_ADMIN)) {
            links.add(link("send", "user", userKey, "people.send"));
        }
    }

    private Anchor link(String path, String parameter, String value, String key) {
        return new Anchor(Address.link(path, Map.of(parameter, value)), getTranslation(key));
    }
}
