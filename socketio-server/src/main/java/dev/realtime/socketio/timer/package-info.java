/** The timers of the sockets: tens of thousands, constantly rescheduled, of which hardly any expires. */
@NullMarked
package dev.realtime.socketio.timer;

import org.jspecify.annotations.NullMarked;
