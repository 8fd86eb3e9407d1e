package dev.realtime.console.rooms;

import dev.realtime.contracts.Room;

/**
 * A room in the table.
 *
 * @param room the room
 * @param members number of sockets in the room
 * @param perMinute number of events to the room in the last minute
 */
record RoomRow(Room room, int members, int perMinute) {}
