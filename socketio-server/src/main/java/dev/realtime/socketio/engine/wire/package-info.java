/** Engine.IO on the wire: packets in frames and bodies by protocol revision, and responses to requests. */
@NullMarked
package dev.realtime.socketio.engine.wire;

import org.jspecify.annotations.NullMarked;
