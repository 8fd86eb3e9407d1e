package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notification that people have to confirm.
 *
 * @param id the notification's event id, which clients have as {@code confirmId}
 * @param at when it was sent
 * @param notification the payload; phone numbers are masked
 * @param sender who sent it; absent if that is not known
 * @param rooms the rooms it went to
 * @param within seconds until whoever has not confirmed is reminded
 * @param escalateTo the rooms it is escalated to, which may be none
 * @param sockets to how many sockets it was written, live
 * @param users to how many users it was written
 * @param confirmed how many of them have confirmed
 * @param untracked how many writes to further users were not recorded for want of room
 * @param open whether a reminder or an escalation is still to come
 * @param reminder the reminder; absent until its time has come
 * @param escalation the escalation; absent until its time has come
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReceiptView(
        String id,
        Instant at,
        Object notification,
        @Nullable Sender sender,
        List<String> rooms,
        int within,
        List<String> escalateTo,
        int sockets,
        int users,
        int confirmed,
        int untracked,
        boolean open,
        @Nullable Again reminder,
        @Nullable Again escalation) {

    /**
     * A reminder or an escalation.
     *
     * @param at when it was sent, or found unnecessary
     * @param event the event's id; absent if it was unnecessary
     * @param sockets to how many sockets it was written, live
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Again(Instant at, @Nullable String event, int sockets) {}
}
