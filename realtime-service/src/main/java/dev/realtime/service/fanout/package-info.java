/**
 * From rooms to sockets: who is in which room of this instance, and how one event, encoded once, reaches each member of
 * several rooms once.
 */
@NullMarked
package dev.realtime.service.fanout;

import org.jspecify.annotations.NullMarked;
