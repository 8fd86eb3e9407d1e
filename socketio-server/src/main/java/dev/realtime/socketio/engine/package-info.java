/**
 * Engine.IO, protocol versions 4 and 3: sessions that outlive their transports, over HTTP long-polling and WebSocket and
 * the upgrade between them. Knows nothing of Socket.IO: messages go to a {@link
 * dev.realtime.socketio.engine.session.SessionListener}.
 *
 * <pre>
 *   HTTP request ─► EngineRequestHandler ─► EngineSessions (open, find)
 *                                             └─ EngineSession ── outbox ─► Transport (polling | websocket)
 *                                                  └─► SessionListener (messages in order, then the end)
 * </pre>
 *
 * <p>A session is one state machine with two transports. What it sends waits in its one outbox, in one order, whatever
 * the transport is at the moment; what it holds is bounded. The protocol sections cited here are those of the Engine.IO
 * protocol's text, revision 4.
 *
 * <pre>
 *   engine      requests: which session, which transport
 *     polling     GET waits for packets, POST brings them
 *     websocket   frames, and their way past the channel
 *     session     the sessions, their queues, heartbeats, bounds and upgrade
 *     wire        packets as bytes, requests' answers as HTTP
 * </pre>
 */
@NullMarked
package dev.realtime.socketio.engine;

import org.jspecify.annotations.NullMarked;
