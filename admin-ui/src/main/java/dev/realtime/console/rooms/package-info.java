/** The view of rooms: members, rates of events, and suspicious rooms. */
@NullMarked
package dev.realtime.console.rooms;

import org.jspecify.annotations.NullMarked;
