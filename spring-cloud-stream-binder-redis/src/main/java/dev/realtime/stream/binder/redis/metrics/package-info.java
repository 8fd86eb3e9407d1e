/** The binder's metrics as Micrometer meters. */
@NullMarked
package dev.realtime.stream.binder.redis.metrics;

import org.jspecify.annotations.NullMarked;
