/**
 * What an event's JSON must look like, and where in its bytes things are. JSON is looked at here, never bound and never
 * written again: what a service sent is what its clients get.
 */
@NullMarked
package dev.realtime.service.payload;

import org.jspecify.annotations.NullMarked;
