/**
 * The configuration: properties of the binder, and the binder's own properties of consumers' and producers' bindings.
 */
@NullMarked
package dev.realtime.stream.binder.redis.properties;

import org.jspecify.annotations.NullMarked;
