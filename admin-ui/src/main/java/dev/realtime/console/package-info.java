/** The admin console: its main class and what every page loads. */
@NullMarked
package dev.realtime.console;

import org.jspecify.annotations.NullMarked;
