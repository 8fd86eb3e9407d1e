/** Tells why a user did or did not get an event: from the journal as it was at that event's position, never from now. */
@NullMarked
package dev.realtime.service.why;

import org.jspecify.annotations.NullMarked;
