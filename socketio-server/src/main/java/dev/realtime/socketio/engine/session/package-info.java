/** The sessions of clients, whatever their transport: state, queues in both directions, heartbeats and limits. */
@NullMarked
package dev.realtime.socketio.engine.session;

import org.jspecify.annotations.NullMarked;
