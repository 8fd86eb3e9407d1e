/** The binder itself, which Spring Cloud Stream calls to bind channels to streams. */
@NullMarked
package dev.realtime.stream.binder.redis.binder;

import org.jspecify.annotations.NullMarked;
