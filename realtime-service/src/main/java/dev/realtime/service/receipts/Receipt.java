package dev.realtime.service.receipts;

import dev.realtime.service.payload.Confirmation.Step;
import dev.realtime.stream.binder.redis.StreamId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A receipt as Redis has it.
 *
 * @param id the id of the notification's record
 * @param payload the notification as it was sent, JSON
 * @param sockets to how many sockets it was written, live
 * @param users how many users it was written to
 * @param confirmed how many of them have confirmed
 * @param untracked how many further writes to users there was no room to record
 * @param next the step to come; null when there is none
 * @param done what became of reminder and escalation, as far as their time has come
 */
public record Receipt(
        String id,
        ReceiptHead head,
        String payload,
        int sockets,
        int users,
        int confirmed,
        int untracked,
        @Nullable Step next,
        Map<Step, Done> done) {

    /** The fields that a receipt is made of, without its users. */
    static final List<String> FIELDS = List.of(
            "head",
            "payload",
            "users",
            "confirmed",
            "untracked",
            "step",
            "sent",
            "reminder",
            "reminder:event",
            "reminder:at",
            "escalation",
            "escalation:event",
            "escalation:at");

    public Receipt {
        done = Map.copyOf(done);
    }

    /**
     * What became of a step.
     *
     * @param event the id of the event that was published; empty when none had to be
     * @param at the time, in milliseconds since 1970
     * @param sockets to how many sockets it was written
     */
    public record Done(String event, long at, int sockets) {}

    /**
     * A user whom it was written to.
     *
     * @param sockets to how many sockets of theirs, reminder and escalation included
     * @param writtenAt when first, in milliseconds since 1970
     * @param confirmedAt when they confirmed; null while they have not
     * @param by which of the notifications reached them first
     */
    public record User(
            String userKey,
            int sockets,
            long writtenAt,
            @Nullable Long confirmedAt,
            Step by) {

        static User of(String userKey, String value) {
            String[] parts = value.split(" ", 4);
            return new User(
                    userKey,
                    Integer.parseInt(parts[0]),
                    Long.parseLong(parts[1]),
                    parts[2].equals("-") ? null : Long.valueOf(parts[2]),
                    step(parts[3]));
        }
    }

    static Step step(String text) {
        return switch (text) {
            case "reminder" -> Step.REMINDER;
            case "escalation" -> Step.ESCALATION;
            default -> Step.SENT;
        };
    }

    /** When the notification was sent, in milliseconds since 1970. */
    public long at() {
        return StreamId.parse(id).millis();
    }

    /** Whether there is nobody left to wait for. */
    boolean isConfirmedByAll() {
        return users > 0 && confirmed == users && untracked == 0;
    }

    byte[] payloadBytes() {
        return payload.getBytes(StandardCharsets.UTF_8);
    }

    /** Omits the payload, which may contain people's names and phone numbers. */
    @Override
    public String toString() {
        return "Receipt[id=" + id + ", users=" + users + ", confirmed=" + confirmed + ", next=" + next + "]";
    }
}
