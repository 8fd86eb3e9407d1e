/** A binder for Spring Cloud Stream that carries messages over Redis Streams. */
@NullMarked
package dev.realtime.stream.binder.redis;

import org.jspecify.annotations.NullMarked;
