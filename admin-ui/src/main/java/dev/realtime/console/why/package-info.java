/** Why a user did or did not get an event, in people's words. */
@NullMarked
package dev.realtime.console.why;

import org.jspecify.annotations.NullMarked;
