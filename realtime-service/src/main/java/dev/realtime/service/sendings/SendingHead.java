package dev.realtime.service.sendings;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.Audience;
import dev.realtime.contracts.admin.ConfirmationRequest;
import dev.realtime.contracts.admin.Sender;
import dev.realtime.service.payload.Confirmation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a sending from the beginning, as Redis keeps it.
 *
 * @param by the administrator who sends it
 * @param auditId the audit entry of the request
 * @param to the receivers, as requested
 * @param rooms the rooms it goes to, as resolved at the request
 * @param confirm asks for confirmation, valid; null for none
 */
public record SendingHead(
        String by,
        String auditId,
        Audience to,
        List<Room> rooms,
        @Nullable ConfirmationRequest confirm) {

    public SendingHead {
        rooms = List.copyOf(rooms);
    }

    /** What the notification's record says about its confirmation; null if nobody has to confirm it. */
    @Nullable
    Confirmation confirmation() {
        if (confirm == null || confirm.within() == null) {
            return null;
        }
        List<String> escalateTo = confirm.escalateTo() == null ? List.of() : confirm.escalateTo();
        return Confirmation.asked(
                        confirm.within(),
                        escalateTo.stream().map(Room::parse).distinct().toList())
                .from(Sender.admin(by));
    }
}
