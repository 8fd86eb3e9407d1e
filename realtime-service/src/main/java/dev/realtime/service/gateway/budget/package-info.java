/**
 * Budgets of bytes for whatever clients make an instance hold: frames, fragments and bodies on their way in, messages that
 * wait for their turn.
 *
 * <p>Three levels, each asked before a byte is kept: the connection's, the client's (its user, before that its address) and
 * the instance's. What is refused at one level is taken at none.
 *
 * <pre>
 *   connection   32 KB before it has an identity, then what its owner says (a socket: three times max-payload)
 *   client       8 MB for all connections of a user, or of an address without identities
 *   instance     20 % of the JVM's largest heap; half of it at most for connections without an identity,
 *                four fifths for connections that hold more than 2 KB, so that small messages always find room
 * </pre>
 *
 * <p>The sum for {@code -Xmx256m}, as in a container of 512 MB: 51 MB on the way in (this package), 38 MB on the way out
 * ({@code realtime.budget.queue-share}, 15 %, in direct memory, of which the JVM allows as much again as heap), about 60 MB for an
 * instance's own objects with 10,000 idle sockets, which leaves the collector 100 MB; 150 MB stay for metaspace, code,
 * threads and buffers.
 */
@NullMarked
package dev.realtime.service.gateway.budget;

import org.jspecify.annotations.NullMarked;
