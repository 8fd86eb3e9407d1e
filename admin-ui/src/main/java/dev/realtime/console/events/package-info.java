/** What goes on and what went on, event by event. */
@NullMarked
package dev.realtime.console.events;

import org.jspecify.annotations.NullMarked;
