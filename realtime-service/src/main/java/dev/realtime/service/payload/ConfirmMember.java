package dev.realtime.service.payload;

import dev.realtime.contracts.Room;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the member {@code confirm} of a request. A member of it that is not known is refused: it may be misspelt. */
final class ConfirmMember {

    private static final String PREFIX = ObjectScan.CONFIRM + ".";
    private static final String WITHIN = "within";
    private static final String ESCALATE_TO = "escalateTo";

    private ConfirmMember() {}

    /**
     * Returns what is asked for; null when nothing is, or when something is wrong.
     *
     * @param value the current token
     * @param violations takes the place and the message of whatever is wrong
     */
    static @Nullable Confirmation read(JsonParser parser, JsonToken value, BiConsumer<String, String> violations) {
        if (value != JsonToken.START_OBJECT) {
            if (value != JsonToken.VALUE_NULL) {
                violations.accept(ObjectScan.CONFIRM, "must be an object.");
            }
            return null;
        }
        Set<String> seen = new HashSet<>();
        Integer within = null;
        List<Room> escalateTo = List.of();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken member = parser.nextToken();
            boolean known = name.equals(WITHIN) || name.equals(ESCALATE_TO);
            if (!known) {
                violations.accept(ObjectScan.CONFIRM, "has the members within and escalateTo only.");
            } else if (!seen.add(name)) {
                violations.accept(PREFIX + name, "must be given only once.");
            } else if (name.equals(WITHIN)) {
                within = within(parser, member);
            } else {
                Set<Room> rooms = RoomList.read(parser, member, PREFIX + name, Confirmation.MOST_ROOMS, violations);
                escalateTo = rooms == null ? List.of() : List.copyOf(rooms);
            }
            parser.skipChildren();
        }
        if (within == null) {
            violations.accept(PREFIX + WITHIN, Confirmation.WITHIN_RULE);
            return null;
        }
        return Confirmation.asked(within, escalateTo);
    }

    private static @Nullable Integer within(JsonParser parser, JsonToken value) {
        return value == JsonToken.VALUE_NUMBER_INT ? Confirmation.within(parser.getString()) : null;
    }
}
