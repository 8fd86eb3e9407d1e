package dev.realtime.service.boardapi;

import dev.realtime.contracts.RoomKind;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.contracts.board.BoardPage;
import dev.realtime.contracts.board.Person;
import dev.realtime.contracts.board.PersonStatus;
import dev.realtime.service.board.Board;
import dev.realtime.service.board.Listing;
import dev.realtime.service.board.PersonEntry;
import dev.realtime.service.presence.Presence;
import dev.realtime.service.problem.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** People: what they are doing from the board, and their sockets from presence. */
@Component
public final class PeopleList {

    private static final Comparator<Person> BY_NAME = Comparator.comparing(
                    PeopleList::shownName, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(person -> person.userId().toString());
    private static final Map<String, Comparator<Person>> FIELDS = Map.of(
            "name", BY_NAME,
            "role", Comparator.comparing(person -> person.role() == null ? "" : person.role()),
            "city", Comparator.comparing(person -> String.join(",", person.cities())),
            "status", Comparator.comparing(Person::status),
            "since", Comparator.comparing(Person::since),
            "sockets", Comparator.comparingInt(Person::sockets));

    private final Board board;
    private final Presence presence;

    PeopleList(Board board, Presence presence) {
        this.board = board;
        this.presence = presence;
    }

    private static String shownName(Person person) {
        return person.name() == null ? person.userId().toString() : person.name();
    }

    /**
     * People who are online, or were announced as online before.
     *
     * @throws ProblemException with {@code board_not_ready}, or {@code validation_failed} for an invalid parameter
     */
    public BoardPage<Person> people(Map<String, String> parameters) {
        Conditions conditions = new Conditions(parameters);
        Set<PersonStatus> statuses =
                conditions.any("status", PersonStatus.class, PersonStatus::ofWireName, PersonStatus::wireName);
        Listing<PersonEntry> known = BoardLists.ready(board::people);
        List<Person> found = everybody(known.entries()).stream()
                .filter(person -> statuses.contains(person.status())
                        && conditions.meets("user", person.userId())
                        && conditions.meets("role", person.role())
                        && (conditions.value("city") == null
                                || person.cities().stream().anyMatch(city -> conditions.meets("city", city)))
                        && conditions.meetsText(() -> Arrays.asList(
                                person.userId(), person.name(), person.role(), String.join(" ", person.cities()))))
                .toList();
        return BoardLists.page(known, found, parameters, FIELDS, BY_NAME, person -> person);
    }

    private List<Person> everybody(List<PersonEntry> known) {
        Map<String, List<SocketPresence>> sockets = new HashMap<>();
        for (SocketPresence socket : presence.view().sockets()) {
            sockets.computeIfAbsent(socket.userKey(), absent -> new ArrayList<>(2))
                    .add(socket);
        }
        List<Person> people = new ArrayList<>(known.size());
        for (PersonEntry person : known) {
            List<SocketPresence> theirs = sockets.remove(person.userId().toString());
            people.add(person(person, theirs == null ? List.of() : theirs));
        }
        // Not announced yet, or announced to nobody.
        sockets.values().forEach(theirs -> people.add(person(null, theirs)));
        return people;
    }

    private static Person person(@Nullable PersonEntry known, List<SocketPresence> sockets) {
        SocketPresence latest = sockets.stream()
                .max(Comparator.comparing(SocketPresence::connectedAt))
                .orElse(null);
        Object userId = known != null ? known.userId() : latest == null ? "" : latest.userId();
        PersonStatus status = known == null ? PersonStatus.OFFLINE : known.status();
        Instant since = known == null ? Instant.EPOCH : Instant.ofEpochMilli(known.since());
        if (status == PersonStatus.OFFLINE && latest != null) {
            status = PersonStatus.FREE;
            since = sockets.stream()
                    .map(SocketPresence::connectedAt)
                    .min(Comparator.naturalOrder())
                    .orElse(since);
        }
        return new Person(
                userId,
                latest != null && latest.name() != null ? latest.name() : known == null ? null : known.name(),
                latest != null && latest.role() != null ? latest.role() : known == null ? null : known.role(),
                List.copyOf(cities(sockets)),
                status,
                since,
                latest == null && known != null && known.lastSeen() > 0 ? Instant.ofEpochMilli(known.lastSeen()) : null,
                sockets.size(),
                known == null ? null : known.callId());
    }

    private static Set<String> cities(List<SocketPresence> sockets) {
        Set<String> cities = new TreeSet<>();
        sockets.forEach(socket -> socket.rooms().stream()
                .filter(room -> room.kind() == RoomKind.CITY)
                .forEach(room -> cities.add(room.name())));
        return cities;
    }
}
