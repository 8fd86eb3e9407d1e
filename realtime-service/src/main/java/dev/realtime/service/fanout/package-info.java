/**
 * Rooms to sockets: who is in which room of this instance, and how one event reaches the union of several rooms' members
 * once each, encoded once.
 */
@NullMarked
package dev.realtime.service.fanout;

import org.jspecify.annotations.NullMarked;
