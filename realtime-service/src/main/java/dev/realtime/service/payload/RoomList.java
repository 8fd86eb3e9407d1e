package dev.realtime.service.payload;

import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads an array of room names, and ends at its end. */
final class RoomList {

    private RoomList() {}

    /**
     * Returns the rooms, each once; null for {@code null} and for anything but an array.
     *
     * @param value the current token
     * @param path the member's place, for violations
     * @param most how many rooms it may name
     * @param violations takes the place and the message of whatever is wrong
     */
    static @Nullable Set<Room> read(
            JsonParser parser, JsonToken value, String path, int most, BiConsumer<String, String> violations) {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        if (value != JsonToken.START_ARRAY) {
            violations.accept(path, "must be an array of room names.");
            skipValue(parser);
            return null;
        }
        Set<Room> named = new LinkedHashSet<>();
        int index = 0;
        for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
            if (index < most) {
                readRoom(parser, path + "[" + index + "]", item, named, violations);
            }
            skipValue(parser);
            index++;
        }
        if (index == 0) {
            violations.accept(path, "must name at least one room; omit it for the default rooms.");
        } else if (index > most) {
            violations.accept(path, "must not name more than " + most + " rooms.");
        }
        return named;
    }

    private static void readRoom(
            JsonParser parser, String path, JsonToken item, Set<Room> named, BiConsumer<String, String> violations) {
        if (item != JsonToken.VALUE_STRING) {
            violations.accept(path, "must be a string.");
            return;
        }
        try {
            named.add(Room.parse(parser.getString()));
        } catch (InvalidRoomException e) {
            violations.accept(path, String.valueOf(e.getMessage()));
        }
    }

    private static void skipValue(JsonParser parser) {
        parser.skipChildren();
        parser.finishToken();
    }
}
