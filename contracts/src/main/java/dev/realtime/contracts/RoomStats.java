package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rooms with somebody in them, in the whole cluster; the room of everybody is not among them.
 *
 * @param total how many rooms
 * @param page which of the rooms asked for follow; only for those who may see them
 * @param rooms a page of rooms; only for those who may see them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoomStats(
        int total, @Nullable Page page, @Nullable List<Occupancy> rooms) {

    /**
     * One room.
     *
     * @param room its name
     * @param members how many sockets are in it
     */
    public record Occupancy(Room room, int members) {}
}
