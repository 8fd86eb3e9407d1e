/**
 * Socket.IO, protocol version 5, on Engine.IO sessions: the codec, the namespaces, and what netty-socketio is still used
 * for.
 *
 * <p>Each session has one {@link dev.realtime.socketio.server.SocketConnection} with one bounded mailbox: its packets are
 * handled on virtual threads, one after the other, in the order they came. A namespace has a {@link
 * dev.realtime.socketio.server.Gate} that decides who comes in; before that a socket gets nothing, is counted nowhere and can
 * do nothing but what the gate offers.
 *
 * <h2>What stays of netty-socketio, and what is replaced</h2>
 *
 * <table>
 *   <caption>netty-socketio 2.0.14</caption>
 *   <tr><th>part</th><th>here</th><th>for</th></tr>
 *   <tr><td>Namespace, its listeners and annotations</td><td>stays; {@code ListenedNamespace} leaves out what nobody
 *       reads</td><td>the programming model</td></tr>
 *   <tr><td>AckRequest, AckManager, AckCallback</td><td>stays</td><td>the programming model</td></tr>
 *   <tr><td>HandshakeData</td><td>stays, without the request's headers</td><td>they hold tokens and memory</td></tr>
 *   <tr><td>ClientHead, NamespaceClient</td><td>thin adapters: {@code HeadAdapter}, {@code ClientAdapter}</td>
 *       <td>disconnect that only asks, ids that are credentials, unbounded queues</td></tr>
 *   <tr><td>SocketIOServer, SocketIOChannelInitializer</td><td>{@code EngineIo} in any pipeline, {@code SocketIoServer}</td>
 *       <td>handlers built privately, channels and groups hidden</td></tr>
 *   <tr><td>AuthorizeHandler, InPacketHandler</td><td>{@code EngineRequestHandler}, {@code SocketConnection},
 *       {@code Gate}</td><td>namespaces without CONNECT, listeners before CONNECT, authentication that can be skipped,
 *       session fixation, leaked sessions, unchecked EIO, method and sid</td></tr>
 *   <tr><td>PacketDecoder, PacketEncoder</td><td>{@code PacketDecoder}, {@code PacketEncoder} of the package {@code
 *       protocol}, {@code WireFormat}</td><td>letters taken for types, quadratic numbers, unbounded attachments,
 *       corrupt binary, lost packets</td></tr>
 *   <tr><td>PollingTransport, WebSocketTransport, PacketListener</td><td>package {@code engine}</td>
 *       <td>hanging upgrades and polls, a second WebSocket that wins, no maxPayload</td></tr>
 *   <tr><td>EncoderHandler</td><td>{@code HttpAnswers}, {@code EncodedPacket}</td>
 *       <td>any Origin reflected, a stray byte in binary, one encoding for each receiver</td></tr>
 *   <tr><td>StoreFactory, PubSubStore</td><td>whatever the application has</td><td>no order, no recovery, no acknowledgement</td></tr>
 *   <tr><td>HashedWheelTimeoutScheduler</td><td>{@code TimerWheel}, {@code AckTimer}</td><td>listeners on the timer's thread</td></tr>
 * </table>
 */
@NullMarked
package dev.realtime.socketio.server;

import org.jspecify.annotations.NullMarked;
