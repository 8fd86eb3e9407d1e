/**
 * {@code POST /api/v1/broadcast/…}: validates the events that services send to clients, and hands them to the
 * backplane.
 */
@NullMarked
package dev.realtime.service.broadcast;

import org.jspecify.annotations.NullMarked;
