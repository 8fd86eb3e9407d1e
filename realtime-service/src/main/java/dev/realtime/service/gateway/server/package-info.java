/**
 * The Socket.IO server as this service has it: its properties, and what it asks of the rest of the service (limits, budgets,
 * origins, client addresses, metrics, the words of a close).
 */
@NullMarked
package dev.realtime.service.gateway.server;

import org.jspecify.annotations.NullMarked;
