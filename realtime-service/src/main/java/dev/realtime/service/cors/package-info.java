/** Which pages' scripts may use the service: one policy for REST, for polling and for the WebSocket handshake. */
@NullMarked
package dev.realtime.service.cors;

import org.jspecify.annotations.NullMarked;
