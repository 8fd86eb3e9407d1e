/** The admin console: its start, and what every page loads. */
@NullMarked
package dev.realtime.console;

import org.jspecify.annotations.NullMarked;
