/** WebSockets: the handshake, frames counted as they come, and packets written past the channel where nothing waits in it. */
@NullMarked
package dev.realtime.socketio.engine.websocket;

import org.jspecify.annotations.NullMarked;
