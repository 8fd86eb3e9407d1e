package dev.realtime.service.board;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.board.CallStage;
import dev.realtime.service.board.BoardProperties.Statuses;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event makes of a call. Events may come out of order: a call whose end came first stays ended, and an event
 * about an unknown call begins one.
 */
final class CallFold {

    private final Statuses answered;
    private final Statuses missed;

    CallFold(BoardProperties properties) {
        answered = new Statuses(properties.answered());
        missed = new Statuses(properties.missed());
    }

    /** The call after {@code call:new}, {@code call:updated} or {@code call:ended}; null if the event has no usable id. */
    @Nullable
    CallEntry after(@Nullable CallEntry before, Change change) {
        Object id = change.id("id");
        if (id == null) {
            return null;
        }
        CallEntry known = before == null ? first(id, change) : before;
        boolean late = known.isOver() && change.event() == BroadcastEvent.CALL_NEW;
        String given = late ? null : change.text("status");
        boolean ends = change.event() == BroadcastEvent.CALL_ENDED;
        CallStage stage = stage(known, given, ends, before == null);
        return new CallEntry(
                id,
                stage,
                either(given, known.status()),
                Entry.merged(late, change.text("phoneClient"), known.phoneClient()),
                Entry.merged(late, change.text("phoneAts"), known.phoneAts()),
                Entry.merged(late, change.id("operatorId"), known.operatorId()),
                Entry.merged(late, change.text("city"), known.city()),
                known.since(),
                stage == known.stage() ? known.stageSince() : change.at(),
                known.isOver() || !ends ? known.endedAt() : change.at(),
                known.toldStep(),
                Entry.union(known.rooms(), change.rooms()),
                change.id());
    }

    /** The call after {@code call:unanswered}. */
    static CallEntry told(CallEntry call, int step, Change change) {
        return new CallEntry(
                call.id(),
                call.stage(),
                call.status(),
                call.phoneClient(),
                call.phoneAts(),
                call.operatorId(),
                call.city(),
                call.since(),
                call.stageSince(),
                call.endedAt(),
                Math.max(step, call.toldStep()),
                call.rooms(),
                change.id());
    }

    private static CallEntry first(Object id, Change change) {
        return new CallEntry(
                id,
                CallStage.WAITING,
                null,
                null,
                null,
                null,
                null,
                change.at(),
                change.at(),
                0,
                0,
                List.of(),
                change.id());
    }

    private CallStage stage(CallEntry known, @Nullable String given, boolean ends, boolean first) {
        boolean wasAnswered = known.stage() == CallStage.TALKING || known.stage() == CallStage.ENDED;
        if (known.isOver()) {
            // Only the outcome may still become known.
            return missed.has(given) && !wasAnswered
                    ? CallStage.MISSED
                    : answered.has(given) ? CallStage.ENDED : known.stage();
        }
        CallStage now = answered.has(given) || wasAnswered
                ? CallStage.TALKING
                : missed.has(given) ? CallStage.MISSED : known.stage();
        if (!ends) {
            return now;
        }
        // Whether a call was answered is not known if its end is all that came.
        return now == CallStage.TALKING || (first && now == CallStage.WAITING) ? CallStage.ENDED : CallStage.MISSED;
    }

    private static <T> @Nullable T either(@Nullable T one, @Nullable T other) {
        return one == null ? other : one;
    }
}
