/** The view of events: the live feed and the history. */
@NullMarked
package dev.realtime.console.events;

import org.jspecify.annotations.NullMarked;
