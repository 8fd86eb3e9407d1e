package dev.realtime.service.board;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.board.BoardTexts;
import dev.realtime.service.payload.KnownMembers;
import dev.realtime.stream.binder.redis.StreamId;
import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as the board reads it.
 *
 * @param members the known members of its payload
 * @param rooms the rooms that it went to
 * @param id the id of its record; its time is the event's time on every instance
 */
record Change(BroadcastEvent event, KnownMembers members, List<Room> rooms, StreamId id) {

    /** When Redis took the event, in milliseconds since 1970. */
    long at() {
        return id.millis();
    }

    /** A member as text, cut to {@link BoardTexts#LONGEST}; null if the event does not have it. */
    @Nullable
    String text(String member) {
        String text = members.text(member);
        return text == null || text.length() <= BoardTexts.LONGEST ? text : cut(text);
    }

    private static String cut(String text) {
        int end = BoardTexts.LONGEST;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    /** A member that is an id, in its JSON type; null if the event does not have it, or it is too long to keep. */
    @Nullable
    Object id(String member) {
        String text = members.text(member);
        return text == null || text.isEmpty() || text.length() > BoardTexts.LONGEST ? null : members.id(member);
    }

    /** A member that is a time, in milliseconds since 1970; the time of the event if it does not have it. */
    long time(String member) {
        String text = members.text(member);
        try {
            return text == null ? at() : Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            // Any publisher may have written the event.
            return at();
        }
    }

    /** The same id in the type that is used on the board, whatever type a JSON parser chose. */
    static Object id(Object id) {
        if (id instanceof BigInteger big) {
            return big.bitLength() < Long.SIZE ? (Object) big.longValue() : big;
        }
        return id instanceof Number number ? (Object) number.longValue() : id;
    }
}
