/**
 * Engine.IO, protocol revisions 4 and 3: sessions that outlive their transports, over HTTP long-polling and WebSocket
 * and the upgrade between them. Must not know Socket.IO: messages go to a
 * {@link dev.realtime.socketio.engine.session.SessionListener}.
 *
 * <pre>
 *   HTTP request ─► EngineRequestHandler ─► EngineSessions (open, find)
 *                                             └─ EngineSession ── outbox ─► Transport (polling | websocket)
 *                                                  └─► SessionListener (messages in order, then the end)
 * </pre>
 *
 * <p>A session is one state machine with two transports. Its packets wait in one outbox, in one order, whatever the
 * current transport is, and everything it holds is bounded. The cited protocol sections are those of the Engine.IO
 * protocol, revision 4.
 *
 * <pre>
 *   engine      requests: which session, which transport
 *     polling     GET waits for packets, POST brings them
 *     websocket   frames, and writing them past the channel
 *     session     the sessions, their queues, heartbeats, limits and upgrade
 *     wire        packets as bytes, answers to requests as HTTP
 * </pre>
 */
@NullMarked
package dev.realtime.socketio.engine;

import org.jspecify.annotations.NullMarked;
