/**
 * The service's own sockets: the gate that wants an identity, and what an identified socket can do. What it receives is
 * the fan-out's business.
 */
@NullMarked
package dev.realtime.service.gateway.sockets;

import org.jspecify.annotations.NullMarked;
