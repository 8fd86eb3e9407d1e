package dev.realtime.service.sendings;

import dev.realtime.contracts.admin.SendingState;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A sending as Redis has it. Times are in milliseconds since 1970, by Redis' clock.
 *
 * @param id its id; ids are in the order of their times
 * @param payload the notification, JSON, as its event has it
 * @param stored its state in Redis, which does not change when a notification that was sent runs out
 * @param at when it is to be sent
 * @param until until when it is valid; null for good
 * @param event the id of its event; null while there is none
 * @param sentAt when Redis took the event
 * @param endedAt when it was cancelled or recalled, failed, or ran out before it was sent
 * @param endedBy who cancelled or recalled it
 * @param failure the code for which it was given up
 */
public record SendingEntry(
        String id,
        SendingHead head,
        String payload,
        SendingState stored,
        long at,
        @Nullable Long until,
        @Nullable String event,
        @Nullable Long sentAt,
        @Nullable Long endedAt,
        @Nullable String endedBy,
        @Nullable String failure) {

    private static final int TIME_DIGITS = 12;

    /** A new id at this time. */
    static String newId(long now) {
        return String.format("%012x%08x", now, ThreadLocalRandom.current().nextInt());
    }

    /** When it was requested. */
    public long createdAt() {
        return Long.parseLong(id.substring(0, TIME_DIGITS), 16);
    }

    /** Its state at this time. */
    public SendingState state(long now) {
        return stored == SendingState.SENT && until != null && until <= now ? SendingState.EXPIRED : stored;
    }

    /** When it ended, if it has ended at this time. */
    public @Nullable Long endedAt(long now) {
        return stored == SendingState.SENT && state(now) == SendingState.EXPIRED ? until : endedAt;
    }

    @Nullable
    Instant validUntil() {
        return until == null ? null : Instant.ofEpochMilli(until);
    }

    /** Whether its notification has to be confirmed. */
    boolean isToConfirm() {
        return head.confirm() != null;
    }

    /** Omits the payload, which may contain people's names and phone numbers. */
    @Override
    public String toString() {
        return "SendingEntry[id=" + id + ", stored=" + stored + ", event=" + event + "]";
    }
}
