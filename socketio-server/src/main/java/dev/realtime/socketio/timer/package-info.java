/** The timers of the sockets: tens of thousands of them, each planned anew all day, and hardly any that matters. */
@NullMarked
package dev.realtime.socketio.timer;

import org.jspecify.annotations.NullMarked;
