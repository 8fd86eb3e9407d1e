package dev.realtime.console.parts;

import com.vaadin.flow.component.html.Span;
import dev.realtime.contracts.Room;
import java.util.List;
import java.util.stream.Collectors;

/** Rooms as little tags in the colours of their kinds; the rest as a number, and all of them when pointed at. */
public final class RoomTags extends Span {

    private static final long serialVersionUID = 1L;

    /** @param most how many are shown one by one */
    public RoomTags(List<Room> rooms, int most) {
        addClassName("room-tags");
        rooms.stream().limit(most).forEach(room -> add(tag(room)));
        if (rooms.size() > most) {
            Span rest = new Span("+" + (rooms.size() - most));
            rest.addClassName("room-rest");
            add(rest);
        }
        setTitle(rooms.stream().map(Room::toString).collect(Collectors.joining("\n")));
    }

    /** One room. */
    public static Span tag(Room room) {
        Span tag = new Span(room.toString());
        tag.addClassNames("room-tag", "room-" + room.kind().prefix());
        return tag;
    }
}
