/**
 * What can be configured: the binder as a whole, and the redis part of a consumer's and a producer's binding.
 */
@NullMarked
package dev.realtime.stream.binder.redis.properties;

import org.jspecify.annotations.NullMarked;
