/** The admin console's start and its page frame. */
@NullMarked
package dev.realtime.console;

import org.jspecify.annotations.NullMarked;
