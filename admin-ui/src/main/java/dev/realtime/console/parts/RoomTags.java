package dev.realtime.console.parts;

import com.vaadin.flow.component.html.Span;
import dev.realtime.contracts.Room;
import java.util.List;
import java.util.stream.Collectors;

/** Rooms as small tags in the colours of their kinds. Further rooms are counted; a tooltip lists all. */
public final class RoomTags extends Span {

    private static final long serialVersionUID = 1L;

    /** @param most the most rooms shown as tags */
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

    /** The tag of one room. */
    public static Span tag(Room room) {
        Span tag = new Span();
        tag.setText(RoomWords.of(tag, room));
        tag.setTitle(room.toString());
        tag.addClassNames("room-tag", "room-" + room.kind().prefix());
        return tag;
    }
}
