package dev.realtime.service.board;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.board.LiveOrder;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order; see {@link LiveOrder}. Times are in milliseconds since 1970.
 *
 * @param closedAt when it got a closing status; 0 while it is open
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderEntry(
        Object id,
        @Nullable String status,
        @Nullable String city,
        @Nullable String clientName,
        @Nullable Object masterId,
        @Nullable String masterName,
        long since,
        long statusSince,
        long closedAt,
        List<Room> rooms,
        StreamId last)
        implements Entry {

    public OrderEntry {
        id = Change.id(id);
        masterId = masterId == null ? null : Change.id(masterId);
        rooms = List.copyOf(rooms);
    }

    @Override
    public String key() {
        return id.toString();
    }

    @Override
    @JsonIgnore
    public boolean isOver() {
        return closedAt > 0;
    }

    /** The order as clients see it. */
    public LiveOrder view() {
        return new LiveOrder(
                id,
                status,
                city,
                clientName,
                masterId,
                masterName,
                Instant.ofEpochMilli(since),
                Instant.ofEpochMilli(statusSince),
                closedAt == 0 ? null : Instant.ofEpochMilli(closedAt));
    }

    /** Omits the names. */
    @Override
    public String toString() {
        return "OrderEntry[id=" + id + "]";
    }
}
