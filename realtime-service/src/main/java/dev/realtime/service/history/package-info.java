/**
 * What has been sent, for pages and services that ask for it: the events after a position, in the stream's order. It reads
 * what recovery holds anyway, so that many who ask for the same part cost Redis few reads.
 */
@NullMarked
package dev.realtime.service.history;

import org.jspecify.annotations.NullMarked;
