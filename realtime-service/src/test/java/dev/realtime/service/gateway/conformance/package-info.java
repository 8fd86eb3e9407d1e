/**
 * What the protocols' texts ask of a server, each clause by its section, over real sockets: Engine.IO revisions 4 and 3,
 * Socket.IO revisions 5 and 4. The protocol authors' own suites are run besides.
 */
@NullMarked
package dev.realtime.service.gateway.conformance;

import org.jspecify.annotations.NullMarked;
