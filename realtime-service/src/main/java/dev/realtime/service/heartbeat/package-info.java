/**
 * Periodic tasks: checking that Redis is there, telling the other instances that this one is, comparing this instance
 * with them.
 */
@NullMarked
package dev.realtime.service.heartbeat;

import org.jspecify.annotations.NullMarked;
