/** Registers the binder with Spring Boot. */
@NullMarked
package dev.realtime.stream.binder.redis.config;

import org.jspecify.annotations.NullMarked;
