/** WebSockets: the handshake, frame counting, and writing packets past the channel while it has no pending writes. */
@NullMarked
package dev.realtime.socketio.engine.websocket;

import org.jspecify.annotations.NullMarked;
