/**
 * A Socket.IO server for Netty: netty-socketio's programming model (namespaces, annotations, listeners,
 * {@code SocketIOClient}, acknowledgements) on an engine of its own. {@link dev.realtime.socketio.SocketIoServer} opens
 * a port of its own; within another server's pipeline, {@link dev.realtime.socketio.engine.EngineIo} takes the
 * requests.
 *
 * <pre>
 *   engine      Engine.IO 3 and 4: sessions, polling, WebSocket
 *   protocol    Socket.IO packets, each encoded once
 *   server      namespaces, sockets, gates, acknowledgements
 *   timer       timers by the tens of thousands
 * </pre>
 */
@NullMarked
package dev.realtime.socketio;

import org.jspecify.annotations.NullMarked;
