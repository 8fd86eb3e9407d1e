package dev.realtime.service.payload;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Room;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A validated payload of an event.
 *
 * @param event the event that the payload belongs to
 * @param json one JSON object in UTF-8, as it was sent
 * @param defaultRooms the rooms that receive the event if its sender names none; at least one room
 * @param members the known members' values
 * @param reserved a member with a name that the gateway uses when a notification has to be confirmed; null for none
 */
public record ValidPayload(
        BroadcastEvent event,
        byte[] json,
        List<Room> defaultRooms,
        KnownMembers members,
        @Nullable String reserved) {

    public ValidPayload {
        defaultRooms = List.copyOf(defaultRooms);
    }

    /**
     * Checks that the gateway can ask for confirmation of this payload.
     *
     * @param prefix what comes before the members' names in violations
     * @throws InvalidPayloadException when the payload is too large, or has members that the gateway adds
     */
    public void checkConfirmable(String prefix) throws InvalidPayloadException {
        if (json.length > PayloadLimits.MAX_CONFIRMED_BYTES) {
            throw new InvalidPayloadException(
                    ErrorCode.BODY_TOO_LARGE,
                    "",
                    "A notification that has to be confirmed must not be larger than "
                            + PayloadLimits.MAX_CONFIRMED_BYTES / 1024 + " KB.");
        }
        if (reserved != null) {
            throw new InvalidPayloadException(
                    ErrorCode.VALIDATION_FAILED,
                    prefix + reserved,
                    "is set by the gateway when confirmation is asked for.");
        }
    }

    /** Omits the payload, which contains people's names and phone numbers. */
    @Override
    public String toString() {
        return "ValidPayload[event=" + event + ", bytes=" + json.length + ", defaultRooms=" + defaultRooms.size() + "]";
    }
}
