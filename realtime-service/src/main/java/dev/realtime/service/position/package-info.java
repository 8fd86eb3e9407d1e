/**
 * Where in the stream of events somebody is: an id of the stream, and the epoch that says of which stream. Redis that lost
 * data may give the same ids to other events; the epoch changes then, so that nobody takes them for those of before.
 */
@NullMarked
package dev.realtime.service.position;

import org.jspecify.annotations.NullMarked;
