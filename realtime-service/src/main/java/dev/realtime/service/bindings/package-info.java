/** Sends messages to the bindings to Redis. */
@NullMarked
package dev.realtime.service.bindings;

import org.jspecify.annotations.NullMarked;
