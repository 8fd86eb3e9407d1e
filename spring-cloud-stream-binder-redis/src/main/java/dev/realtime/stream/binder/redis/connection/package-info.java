/** Connections to Redis that never silently repeat a command: the binder itself opens, watches and replaces them. */
@NullMarked
package dev.realtime.stream.binder.redis.connection;

import org.jspecify.annotations.NullMarked;
