/** Who uses the console. */
@NullMarked
package dev.realtime.console.security;

import org.jspecify.annotations.NullMarked;
