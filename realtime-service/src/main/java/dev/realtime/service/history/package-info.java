/**
 * The events after a position, in the stream's order, for pages and services that ask for them. It reads what recovery
 * holds anyway, so that many requests for the same part cost Redis few reads.
 */
@NullMarked
package dev.realtime.service.history;

import org.jspecify.annotations.NullMarked;
