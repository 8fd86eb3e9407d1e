/** HTTP long-polling: a GET that waits for packets, a POST that brings them. */
@NullMarked
package dev.realtime.socketio.engine.polling;

import org.jspecify.annotations.NullMarked;
