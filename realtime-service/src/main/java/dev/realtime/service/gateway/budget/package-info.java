/**
 * Byte budgets for everything that clients make an instance hold: frames, fragments and bodies on their way in, and
 * messages that wait to be handled.
 *
 * <p>There are three levels, and each is asked before a byte is kept: the connection, the client (the user, or the
 * address before there is an identity) and the instance. If one level refuses, none of them is charged.
 *
 * <pre>
 *   connection   32 KB before it has an identity, then what its owner says (a socket: three times max-payload)
 *   client       8 MB for all connections of a user, or of an address without identities
 *   instance     20 % of the JVM's maximum heap; at most half of it for connections without an identity,
 *                four fifths for connections that hold more than 2 KB, so that small messages always find room
 * </pre>
 *
 * <p>Example for {@code -Xmx256m} in a container of 512 MB: 51 MB inbound (this package), 38 MB outbound
 * ({@code realtime.budget.queue-share}, 15 %, in direct memory, which the JVM limits to the size of the heap), and
 * about 60 MB for an instance's own objects with 10,000 idle sockets. This leaves 100 MB of heap to the garbage
 * collector, and 150 MB for metaspace, code, threads and buffers.
 */
@NullMarked
package dev.realtime.service.gateway.budget;

import org.jspecify.annotations.NullMarked;
