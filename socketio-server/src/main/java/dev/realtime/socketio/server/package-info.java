/**
 * Socket.IO, protocol version 5, on Engine.IO sessions: namespaces, sockets, gates, and the remaining use of
 * netty-socketio.
 *
 * <p>Each session has one {@link dev.realtime.socketio.server.SocketConnection} with one bounded mailbox: its packets
 * are handled on virtual threads, one after the other, in order of arrival. A namespace has a
 * {@link dev.realtime.socketio.server.Gate} that decides who gets in; until a socket is admitted, it receives nothing,
 * is counted nowhere and can do only what the gate offers.
 *
 * <h2>What stays of netty-socketio, and what is replaced</h2>
 *
 * <table>
 *   <caption>netty-socketio 2.0.14</caption>
 *   <tr><th>part</th><th>here</th><th>reason</th></tr>
 *   <tr><td>Namespace, its listeners and annotations</td><td>stays; {@code ListenedNamespace} leaves out what is never
 *       read</td><td>the programming model</td></tr>
 *   <tr><td>AckRequest, AckManager, AckCallback</td><td>stays</td><td>the programming model</td></tr>
 *   <tr><td>HandshakeData</td><td>stays, without the request's headers</td><td>they hold tokens and memory</td></tr>
 *   <tr><td>ClientHead, NamespaceClient</td><td>thin adapters: {@code HeadAdapter}, {@code ClientAdapter}</td>
 *       <td>a disconnect that only asks, ids that are credentials, unbounded queues</td></tr>
 *   <tr><td>SocketIOServer, SocketIOChannelInitializer</td><td>{@code EngineIo} in any pipeline,
 *       {@code SocketIoServer}</td><td>private handlers, hidden channels and groups</td></tr>
 *   <tr><td>AuthorizeHandler, InPacketHandler</td><td>{@code EngineRequestHandler}, {@code SocketConnection},
 *       {@code Gate}</td><td>namespaces without CONNECT, listeners before CONNECT, authentication that can be bypassed,
 *       session fixation, leaked sessions, unchecked EIO, method and sid</td></tr>
 *   <tr><td>PacketDecoder, PacketEncoder</td><td>{@code PacketDecoder}, {@code PacketEncoder} of the package
 *       {@code protocol}, {@code WireFormat}</td><td>letters read as packet types, numbers parsed in quadratic time,
 *       unbounded attachments, corrupt binary, lost packets</td></tr>
 *   <tr><td>PollingTransport, WebSocketTransport, PacketListener</td><td>package {@code engine}</td>
 *       <td>hanging upgrades and polls, a second WebSocket that takes over, no maxPayload</td></tr>
 *   <tr><td>EncoderHandler</td><td>{@code HttpAnswers}, {@code EncodedPacket}</td>
 *       <td>any Origin reflected, a stray byte in binary, one encoding for each receiver</td></tr>
 *   <tr><td>StoreFactory, PubSubStore</td><td>up to the application</td>
 *       <td>no order, no recovery, no acknowledgement</td></tr>
 *   <tr><td>HashedWheelTimeoutScheduler</td><td>{@code TimerWheel}, {@code AckTimer}</td>
 *       <td>listeners on the timer's thread</td></tr>
 * </table>
 */
@NullMarked
package dev.realtime.socketio.server;

import org.jspecify.annotations.NullMarked;
