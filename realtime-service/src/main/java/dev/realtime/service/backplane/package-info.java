/**
 * The bindings: what this instance writes into the stream and what it reads from it. An event is accepted once it is in
 * the stream, and delivered once it was read from the stream. There is no other path.
 */
@NullMarked
package dev.realtime.service.backplane;

import org.jspecify.annotations.NullMarked;
