/**
 * Where each user's sockets were, at every position of the stream, for a while: so that it can be told later why a user
 * did or did not get an event.
 *
 * <p>Every connection has an entry ({@link dev.realtime.service.journal.SocketEntry}) in memory, which the gateway
 * keeps: from which position it has events, its stays in rooms, the joins that were refused, and how it ended. Nothing
 * is noted for a delivery. Once a second each instance writes the entries that have changed, and then the position up
 * to which its entries are complete ({@link dev.realtime.service.journal.Journal}). Whatever cannot be kept, because
 * Redis is unavailable, the bound is reached or the instance dies, leaves a gap that readers see
 * ({@link dev.realtime.service.journal.Coverage}).
 *
 * <pre>
 * realtime:{journal}               a hash: for each instance, from and up to where its entries are complete; since when
 *                                  the journal exists
 * realtime:{journal:&lt;user&gt;}        a hash: the user's entries, blocks and refusals; bounded in bytes
 * </pre>
 *
 * <p>Redis commands: EVALSHA, EVAL, HGETALL; within the scripts TIME, HGETALL, HEXISTS, HSET, HSETNX, HDEL, PEXPIRE.
 */
@NullMarked
package dev.realtime.service.journal;

import org.jspecify.annotations.NullMarked;
