package dev.realtime.service.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.realtime.contracts.Room;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the journal has of one connection. Its members have short names in Redis.
 *
 * @param instance the instance that it was on
 * @param socketId the Socket.IO id, which a recovered session keeps
 * @param connected when, in milliseconds since 1970
 * @param from it has the events after this position: where its session began, or what its client had
 * @param live the position up to which the events were replayed to it; null until it had them all
 * @param closed the position at which it ended; null while it is open
 * @param code why: a close code in lower case, {@value #LEFT} or {@value #GONE}
 * @param cut the position after which the instance delivered nothing to it, because it had missed events; null if none
 * @param empty the last position at which its queue was seen empty
 * @param known what was before this position is not known any more; null if everything is
 * @param stays its stays in rooms
 * @param refused the joins that were refused
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SocketNote(
        @JsonProperty("i") String instance,
        @JsonProperty("s") String socketId,
        @JsonProperty("t") long connected,
        @JsonProperty("f") StreamId from,
        @JsonProperty("l") @Nullable StreamId live,
        @JsonProperty("c") @Nullable StreamId closed,
        @JsonProperty("y") @Nullable String code,
        @JsonProperty("x") @Nullable StreamId cut,
        @JsonProperty("e") StreamId empty,
        @JsonProperty("k") @Nullable StreamId known,
        @JsonProperty("r") List<RoomStay> stays,
        @JsonProperty("n") List<Refusal> refused) {

    /** The client said goodbye. */
    public static final String LEFT = "left";

    /** The connection broke, or was replaced by another one of the same session. */
    public static final String GONE = "gone";

    /**
     * A join that was refused.
     *
     * @param code the code of the refusal
     * @param at the position
     */
    public record Refusal(String room, String code, StreamId at) {}

    /** Whether an event at this position was for it to get, if it was in one of the event's rooms. */
    public boolean spans(StreamId event) {
        return event.compareTo(from) > 0 && (closed == null || event.compareTo(closed) <= 0);
    }

    /** Whether it was in one of the rooms at an event's position. */
    public boolean isIn(Collection<Room> rooms, StreamId event) {
        return rooms.stream()
                .anyMatch(room -> room.equals(Room.EVERYONE)
                        || stays.stream().anyMatch(stay -> stay.room().equals(room.toString()) && stay.has(event)));
    }

    /** The rooms it was in at an event's position. */
    public List<String> roomsAt(StreamId event) {
        return stays.stream()
                .filter(stay -> stay.has(event))
                .map(RoomStay::room)
                .distinct()
                .toList();
    }

    /** The last refusal of one of the rooms before an event. */
    public Optional<Refusal> refusalBefore(Collection<Room> rooms, StreamId event) {
        return refused.stream()
                .filter(one -> one.at().compareTo(event) < 0
                        && rooms.stream().anyMatch(room -> room.toString().equals(one.room())))
                .reduce((one, later) -> later);
    }
}
