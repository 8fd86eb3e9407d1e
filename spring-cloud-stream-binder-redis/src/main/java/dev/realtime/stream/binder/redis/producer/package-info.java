/** Appending messages to streams: waiting for the answer, idempotence, reporting the outcome. */
@NullMarked
package dev.realtime.stream.binder.redis.producer;

import org.jspecify.annotations.NullMarked;
