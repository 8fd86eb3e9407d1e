/**
 * Reading streams: loops, positions, acknowledgement, gaps, claims, dead letters.
 */
@NullMarked
package dev.realtime.stream.binder.redis.consumer;

import org.jspecify.annotations.NullMarked;
