package dev.realtime.service.admin;

import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.ConfirmationRequest;
import dev.realtime.contracts.admin.Sender;
import dev.realtime.service.payload.Confirmation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Validates the member {@code confirm} of a notification. */
final class ConfirmInput {

    private ConfirmInput() {}

    /**
     * Returns what is asked for; null for nothing.
     *
     * @param sender who asks
     * @throws dev.realtime.service.problem.ProblemException when it is not valid
     */
    static @Nullable Confirmation confirmation(@Nullable ConfirmationRequest request, Sender sender) {
        if (request == null) {
            return null;
        }
        Integer within = request.within();
        long seconds = Inputs.number(
                "confirm.within", within == null ? null : within.longValue(), 1, ConfirmationRequest.LONGEST);
        List<String> rooms = request.escalateTo() == null ? List.of() : request.escalateTo();
        if (rooms.size() > ConfirmationRequest.MOST_ROOMS) {
            throw Inputs.refused(
                    "confirm.escalateTo", "must not have more than " + ConfirmationRequest.MOST_ROOMS + " rooms");
        }
        try {
            return Confirmation.asked(
                            (int) seconds,
                            rooms.stream().map(Room::parse).distinct().toList())
                    .from(sender);
        } catch (InvalidRoomException e) {
            throw Inputs.refused("confirm.escalateTo", "names an invalid room");
        }
    }
}
