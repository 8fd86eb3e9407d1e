/**
 * Validates an event's JSON and locates its parts in the bytes. JSON is only scanned here, never bound or written
 * again: clients receive the bytes that a service sent.
 */
@NullMarked
package dev.realtime.service.payload;

import org.jspecify.annotations.NullMarked;
