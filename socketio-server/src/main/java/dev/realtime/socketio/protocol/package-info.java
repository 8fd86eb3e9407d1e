/**
 * Socket.IO packets, protocol version 5: read from messages strictly, and encoded once. An {@link
 * dev.realtime.socketio.protocol.EncodedPacket} is a whole WebSocket frame that any number of sockets write; a {@link
 * dev.realtime.socketio.protocol.PacketQueue} is what it is queued in.
 */
@NullMarked
package dev.realtime.socketio.protocol;

import org.jspecify.annotations.NullMarked;
