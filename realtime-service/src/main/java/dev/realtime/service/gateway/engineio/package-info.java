/**
 * Engine.IO, protocol version 4: sessions that outlive their transports, over HTTP long-polling and WebSocket and the
 * upgrade between them. Knows nothing of Socket.IO: messages go to a {@link
 * dev.realtime.service.gateway.engineio.SessionListener}.
 *
 * <pre>
 *   HTTP request ─► EngineRequestHandler ─► EngineSessions (open, find)
 *                                             └─ EngineSession ── outbox ─► Transport (polling | websocket)
 *                                                  └─► SessionListener (messages in order, then the end)
 * </pre>
 *
 * <p>A session is one state machine with two transports. What it sends waits in its one outbox, in one order, whatever
 * the transport is at the moment; what it holds is bounded. The protocol sections cited in this package are those of the
 * Engine.IO protocol's text, revision 4.
 */
@NullMarked
package dev.realtime.service.gateway.engineio;

import org.jspecify.annotations.NullMarked;
