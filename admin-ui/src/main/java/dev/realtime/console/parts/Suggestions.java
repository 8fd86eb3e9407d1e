package dev.realtime.console.parts;

import com.vaadin.flow.component.combobox.ComboBoxBase;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.ConnectionStats;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.RoomKind;
import dev.realtime.contracts.RoomStats.Occupancy;
import dev.realtime.contracts.SearchText;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.contracts.board.Person;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Completes typed text: suggests at most {@value #MOST} rooms or users that exist now, and finds out what somebody
 * means who types a part of a name and presses Enter. Nothing is suggested while the service is unavailable; fully
 * typed values are accepted in any case.
 */
public final class Suggestions {

    private static final int MOST = 50;

    private final AdminApi api;
    private final ConsoleUser user;
    private final PageBudget budget = PageBudget.ofSession();

    /** What to do with a text that was typed into a field. */
    public interface Typed<T> {

        /** The text is a value. */
        void take(T value);

        /**
         * The text is none.
         *
         * @param matches how many values contain it
         */
        void refuse(String text, int matches);
    }

    /** Made under the session's lock. */
    public Suggestions(AdminApi api, ConsoleUser user) {
        this.api = api;
        this.user = user;
    }

    /**
     * Lets a field suggest rooms with members, largest first, and take a part of a name that only one of them has.
     *
     * @param of the field's value for a room
     */
    public <T> void rooms(ComboBoxBase<?, T, ?> field, Function<Room, T> of, Typed<T> typed) {
        Lookup<T> lookup =
                new Lookup<>(field, text -> rooms(text, "").stream().map(of).toList());
        field.setAllowCustomValue(true);
        field.addCustomValueSetListener(event -> {
            String text = event.getDetail().strip();
            try {
                typed.take(of.apply(Room.parse(text)));
            } catch (InvalidRoomException e) {
                lookup.meaning(text, item -> names(item, text), (item, count) -> {
                    if (item == null) {
                        typed.refuse(text, count);
                    } else {
                        typed.take(item);
                    }
                });
            }
        });
    }

    /** Lets a field suggest the cities in which somebody is. */
    public <T> void cities(ComboBoxBase<?, T, ?> field, Function<Room, T> of) {
        new Lookup<>(
                field,
                text -> rooms(text, RoomKind.CITY.prefix()).stream().map(of).toList());
    }

    /** Whether a room's printed form has this name. */
    private static boolean names(Object item, String text) {
        String printed = item.toString();
        return SearchText.of(printed.substring(printed.indexOf(':') + 1)).equals(SearchText.of(text));
    }

    private List<Room> rooms(String text, String kind) {
        budget.take();
        List<Occupancy> found = api.rooms(
                        user,
                        Query.none()
                                .with("text", text)
                                .with("kind", kind)
                                .with("sort", "-members")
                                .page(0, MOST))
                .data()
                .rooms();
        return Objects.requireNonNullElse(found, List.<Occupancy>of()).stream()
                .map(Occupancy::room)
                .toList();
    }

    /**
     * Lets a field suggest users who are connected, and take a part of a name that only one of them has; a text that
     * nobody has is an id.
     *
     * @param of the field's value for a user, of whom one socket is given
     * @param known reads an id
     */
    public <T> void users(
            ComboBoxBase<?, T, ?> field, Function<SocketPresence, T> of, Function<String, T> known, Typed<T> typed) {
        choose(field, text -> users(text).stream().map(of).toList(), known, typed);
    }

    /** The same for everybody whom the board knows, people who are offline too. */
    public <T> void people(
            ComboBoxBase<?, T, ?> field, Function<Person, T> of, Function<String, T> known, Typed<T> typed) {
        choose(field, text -> people(text).stream().map(of).toList(), known, typed);
    }

    private static <T> void choose(
            ComboBoxBase<?, T, ?> field, Function<String, List<T>> service, Function<String, T> known, Typed<T> typed) {
        Lookup<T> lookup = new Lookup<>(field, service);
        field.setAllowCustomValue(true);
        field.addCustomValueSetListener(event -> {
            String text = event.getDetail().strip();
            T asId;
            try {
                asId = known.apply(text);
            } catch (InvalidRoomException e) {
                typed.refuse(text, 0);
                return;
            }
            lookup.meaning(text, asId::equals, (item, count) -> {
                if (item != null) {
                    typed.take(item);
                } else if (count == 0) {
                    typed.take(asId);
                } else {
                    typed.refuse(text, count);
                }
            });
        });
    }

    private List<Person> people(String text) {
        budget.take();
        return api.people(user, Query.none().with("text", text).page(0, MOST)).rows();
    }

    private List<SocketPresence> users(String text) {
        budget.take();
        ConnectionStats found = api.connections(
                        user, Query.none().with("text", text).page(0, MOST))
                .data();
        Map<String, SocketPresence> first = new LinkedHashMap<>();
        Objects.requireNonNullElse(found.connections(), List.<SocketPresence>of())
                .forEach(socket -> first.putIfAbsent(socket.userKey(), socket));
        return List.copyOf(first.values());
    }
}
