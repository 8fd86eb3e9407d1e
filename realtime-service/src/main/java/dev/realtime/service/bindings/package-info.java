/** Messages to what is bound to Redis. */
@NullMarked
package dev.realtime.service.bindings;

import org.jspecify.annotations.NullMarked;
