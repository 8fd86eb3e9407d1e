/**
 * Socket.IO packets, protocol version 5: decoded strictly, and encoded once. An
 * {@link dev.realtime.socketio.protocol.EncodedPacket} is a whole WebSocket frame that any number of sockets write; it
 * waits in a {@link dev.realtime.socketio.protocol.PacketQueue}.
 */
@NullMarked
package dev.realtime.socketio.protocol;

import org.jspecify.annotations.NullMarked;
