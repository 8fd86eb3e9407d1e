/** The wallboard: the few numbers that a room full of people has to see. */
@NullMarked
package dev.realtime.console.wall;

import org.jspecify.annotations.NullMarked;
