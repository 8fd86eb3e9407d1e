/**
 * Positions in the stream of events: an id, and the epoch that names the stream. After a loss of data, Redis may give
 * the same ids to other events, so the epoch changes.
 */
@NullMarked
package dev.realtime.service.position;

import org.jspecify.annotations.NullMarked;
