package dev.realtime.console.rooms;

import dev.realtime.contracts.Room;

/**
 * A room in the table.
 *
 * @param room the room
 * @param members how many sockets are in it
 * @param perMinute how many events went to it in the last minute
 */
record RoomRow(Room room, int members, int perMinute) {}
