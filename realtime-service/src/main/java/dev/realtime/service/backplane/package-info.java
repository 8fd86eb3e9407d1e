/**
 * The bindings: what this instance puts into the stream and what it reads from it. An event accepted is an event in the
 * stream; an event delivered is an event read from the stream. There is no other path.
 */
@NullMarked
package dev.realtime.service.backplane;

import org.jspecify.annotations.NullMarked;
