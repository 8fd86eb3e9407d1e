/**
 * Connections to Redis that never repeat a command behind our back: opened, watched and replaced by the binder itself.
 */
@NullMarked
package dev.realtime.stream.binder.redis.connection;

import org.jspecify.annotations.NullMarked;
