/** Converts messages to the fields of stream entries and back; ids and keys of streams. */
@NullMarked
package dev.realtime.stream.binder.redis.wire;

import org.jspecify.annotations.NullMarked;
