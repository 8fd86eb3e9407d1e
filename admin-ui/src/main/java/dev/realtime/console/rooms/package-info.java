/** The rooms: who is in them, how busy they are, and those that look wrong. */
@NullMarked
package dev.realtime.console.rooms;

import org.jspecify.annotations.NullMarked;
