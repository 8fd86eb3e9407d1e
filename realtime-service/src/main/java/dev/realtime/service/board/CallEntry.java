package dev.realtime.service.board;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.board.CallStage;
import dev.realtime.contracts.board.LiveCall;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call; see {@link LiveCall}. Times are in milliseconds since 1970.
 *
 * @param endedAt when it ended; 0 while it goes on
 * @param toldStep the last step of {@code call:unanswered} that was told; 0 for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CallEntry(
        Object id,
        CallStage stage,
        @Nullable String status,
        @Nullable String phoneClient,
        @Nullable String phoneAts,
        @Nullable Object operatorId,
        @Nullable String city,
        long since,
        long stageSince,
        long endedAt,
        int toldStep,
        List<Room> rooms,
        StreamId last)
        implements Entry {

    public CallEntry {
        id = Change.id(id);
        operatorId = operatorId == null ? null : Change.id(operatorId);
        rooms = List.copyOf(rooms);
    }

    @Override
    public String key() {
        return id.toString();
    }

    @Override
    @JsonIgnore
    public boolean isOver() {
        return endedAt > 0;
    }

    /** The operator's id as text; null if there is none. */
    @JsonIgnore
    @Nullable
    String operatorKey() {
        return operatorId == null ? null : operatorId.toString();
    }

    /** The call as clients see it. */
    public LiveCall view() {
        return new LiveCall(
                id,
                stage,
                status,
                phoneClient,
                phoneAts,
                operatorId,
                city,
                Instant.ofEpochMilli(since),
                Instant.ofEpochMilli(stageSince),
                endedAt == 0 ? null : Instant.ofEpochMilli(endedAt));
    }

    /** Omits the phone numbers. */
    @Override
    public String toString() {
        return "CallEntry[id=" + id + ", stage=" + stage.wireName() + "]";
    }
}
