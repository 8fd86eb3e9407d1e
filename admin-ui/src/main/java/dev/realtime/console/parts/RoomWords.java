package dev.realtime.console.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.server.VaadinService;
import dev.realtime.console.live.PeopleNames;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.RoomKind;

/** Rooms as people call them: names instead of ids, where the console knows them. Call under the session's lock. */
public final class RoomWords {

    private RoomWords() {}

    public static String of(Component of, Room room) {
        return switch (room.kind()) {
            case OPERATORS, DIRECTORS, EVERYONE ->
                of.getTranslation("rooms.kind-" + room.kind().prefix());
            case CITY -> room.name();
            case ROLE -> named(of, room.kind(), RoleWords.of(of, room.name()));
            case ORDER -> named(of, room.kind(), room.name());
            case OPERATOR, USER -> {
                String name = person(room.name());
                yield name.equals(room.name()) ? named(of, room.kind(), name) : name;
            }
        };
    }

    /** The same for a printed room; any other text stays as it is. */
    public static String of(Component of, String printed) {
        try {
            return of(of, Room.parse(printed));
        } catch (InvalidRoomException e) {
            return printed;
        }
    }

    /** A person's name, or their id while the name is not known. */
    public static String person(String id) {
        String name = VaadinService.getCurrent()
                .getInstantiator()
                .getOrCreate(PeopleNames.class)
                .known(id);
        return name == null ? id : name;
    }

    private static String named(Component of, RoomKind kind, String name) {
        return of.getTranslation("rooms.kind-" + kind.prefix()) + " " + name;
    }
}
