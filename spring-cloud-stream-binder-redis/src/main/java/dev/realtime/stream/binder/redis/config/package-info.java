/**
 * Beans that make the binder known to Spring Boot.
 */
@NullMarked
package dev.realtime.stream.binder.redis.config;

import org.jspecify.annotations.NullMarked;
