/**
 * What the protocols' texts ask of a server, each clause by its section, over real sockets: Engine.IO revisions 4 and 3,
 * Socket.IO revisions 5 and 4. Run against {@link dev.realtime.socketio.SocketIoServer} here, and against the whole
 * service by {@code ServiceConformanceTest} there. The protocol authors' own suites are run besides, by
 * {@code tools/conformance.sh}.
 */
@NullMarked
package dev.realtime.socketio.conformance;

import org.jspecify.annotations.NullMarked;
