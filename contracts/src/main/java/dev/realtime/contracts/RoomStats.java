package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rooms with members in the whole cluster, without the room {@code everyone}.
 *
 * @param total number of rooms
 * @param page which page of the matching rooms {@code rooms} holds; only for callers that may see them
 * @param rooms a page of rooms; only for callers that may see them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoomStats(
        int total, @Nullable Page page, @Nullable List<Occupancy> rooms) {

    /**
     * One room.
     *
     * @param room its name
     * @param members number of sockets in the room
     */
    public record Occupancy(Room room, int members) {}
}
