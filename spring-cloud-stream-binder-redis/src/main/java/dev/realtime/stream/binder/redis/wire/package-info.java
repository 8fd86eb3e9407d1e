/**
 * How a message becomes the fields of a stream entry, and back; ids and keys of streams.
 */
@NullMarked
package dev.realtime.stream.binder.redis.wire;

import org.jspecify.annotations.NullMarked;
