package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The acknowledgement of {@code authenticate}, {@code join-room} and {@code leave-room}.
 *
 * @param success whether it was done
 * @param room the room's printed form, for the room events that were done
 * @param error why it was refused
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Ack(
        boolean success, @Nullable String room, @Nullable ErrorNotice error) {

    public static Ack done() {
        return new Ack(true, null, null);
    }

    public static Ack done(Room room) {
        return new Ack(true, room.toString(), null);
    }

    public static Ack refused(ErrorNotice error) {
        return new Ack(false, null, error);
    }
}
