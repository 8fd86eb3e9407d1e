/**
 * The state of Redis: whether it answers, what it refuses and why, and how full it is. An error from Redis is never
 * taken for its absence. Everything here can be asked at any time and answers from memory.
 */
@NullMarked
package dev.realtime.service.redis;

import org.jspecify.annotations.NullMarked;
