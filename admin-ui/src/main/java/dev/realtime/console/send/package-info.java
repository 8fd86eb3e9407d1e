/** Tells people something, and shows whom it reached. */
@NullMarked
package dev.realtime.console.send;

import org.jspecify.annotations.NullMarked;
