package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The acknowledgement of {@code authenticate}, {@code join-room} and {@code leave-room}.
 *
 * @param success whether it was done
 * @param room the room's printed form, for the room events that were done
 * @param position from where on the room's events come, or come no longer, for the room events that were done; absent with
 *     Engine.IO 3, or when recovery is off
 * @param error why it was refused
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Ack(
        boolean success,
        @Nullable String room,
        @Nullable String position,
        @Nullable ErrorNotice error) {

    public static Ack done() {
        return new Ack(true, null, null, null);
    }

    public static Ack done(Room room, @Nullable String position) {
        return new Ack(true, room.toString(), position, null);
    }

    public static Ack refused(ErrorNotice error) {
        return new Ack(false, null, null, error);
    }
}
