package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.realtime.contracts.board.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * The acknowledgement of {@code authenticate}, {@code join-room}, {@code leave-room} and {@code confirm}.
 *
 * @param success whether the request was carried out
 * @param room the room's printed form; only for a room that was joined or left
 * @param position the stream position from which the room's events arrive, or stop arriving; only for a room that was
 *     joined or left. Absent with Engine.IO 3 and when recovery is off
 * @param snapshot what is going on in the room at the position; only for a join that asked for it
 * @param error why the request was refused
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Ack(
        boolean success,
        @Nullable String room,
        @Nullable String position,
        @Nullable Snapshot snapshot,
        @Nullable ErrorNotice error) {

    public static Ack done() {
        return new Ack(true, null, null, null, null);
    }

    public static Ack done(Room room, @Nullable String position) {
        return done(room, position, null);
    }

    public static Ack done(Room room, @Nullable String position, @Nullable Snapshot snapshot) {
        return new Ack(true, room.toString(), position, snapshot, null);
    }

    public static Ack refused(ErrorNotice error) {
        return new Ack(false, null, null, null, error);
    }
}
