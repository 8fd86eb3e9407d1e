/** Engine.IO as it stands on the wire: packets in frames and bodies by the protocol's revision, and answers to requests. */
@NullMarked
package dev.realtime.socketio.engine.wire;

import org.jspecify.annotations.NullMarked;
