/** Sessions of clients, whatever transport they are on: their state, their queues both ways, heartbeats and bounds. */
@NullMarked
package dev.realtime.socketio.engine.session;

import org.jspecify.annotations.NullMarked;
