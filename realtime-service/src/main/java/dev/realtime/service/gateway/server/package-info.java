/**
 * The Socket.IO server of this service: its properties, and what it asks of the rest of the service (limits, budgets,
 * origins, client addresses, metrics, the texts of close notices).
 */
@NullMarked
package dev.realtime.service.gateway.server;

import org.jspecify.annotations.NullMarked;
