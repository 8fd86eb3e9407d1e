package dev.realtime.service.board;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.board.PersonStatus;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person who was announced as online at least once. Times are in milliseconds since 1970.
 *
 * @param online whether the last announcement was {@code user:online}
 * @param lastSeen when the person went offline; 0 while online
 * @param since when the status began
 * @param callId the call that the status is about; null when free or offline
 * @param told the status that was told last, by {@code user:status}; null if none was told
 * @param toldSince when that status began
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PersonEntry(
        Object userId,
        @Nullable String name,
        @Nullable String role,
        boolean online,
        long lastSeen,
        PersonStatus status,
        long since,
        @Nullable Object callId,
        @Nullable PersonStatus told,
        long toldSince,
        StreamId last)
        implements Entry {

    public PersonEntry {
        userId = Change.id(userId);
        callId = callId == null ? null : Change.id(callId);
    }

    @Override
    public String key() {
        return userId.toString();
    }

    /** Never over: whoever is offline may come back. */
    @Override
    @JsonIgnore
    public boolean isOver() {
        return false;
    }

    /** People are listed to those who may see who is there, whatever the room. */
    @Override
    @JsonIgnore
    public List<Room> rooms() {
        return List.of();
    }

    /** Whether the current status still has to be told. Whoever was never told of counts as offline. */
    @JsonIgnore
    boolean isUntold() {
        return status != (told == null ? PersonStatus.OFFLINE : told);
    }

    PersonEntry withStatus(PersonStatus next, long from, @Nullable Object call, StreamId at) {
        return new PersonEntry(userId, name, role, online, lastSeen, next, from, call, told, toldSince, at);
    }

    /** Omits the name. */
    @Override
    public String toString() {
        return "PersonEntry[userId=" + userId + ", status=" + status.wireName() + "]";
    }
}
