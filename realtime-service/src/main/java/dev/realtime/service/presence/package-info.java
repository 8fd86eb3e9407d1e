/**
 * Who is online, on which instance and in which rooms, for the whole cluster.
 *
 * <p>Each instance owns its sockets' entries in Redis ({@link dev.realtime.service.presence.OwnLedger}) and has all
 * instances' entries in memory ({@link dev.realtime.service.presence.ClusterView}), so that whoever asks is answered
 * here. What changes travels as numbered batches of deltas on the destination {@code presence}: a join or a leave costs
 * its own few bytes there and in Redis. An instance that misses a batch reads that instance's entries again ({@link
 * dev.realtime.service.presence.ViewKeeper}). The instance that leads announces that users came and went, and takes
 * instances that died off the books ({@link dev.realtime.service.presence.PresenceLeader}); which instances there are,
 * who leads and who is dead says the package {@code cluster}. How much waits for a socket is looked at once a second
 * ({@link dev.realtime.service.presence.QueueWatch}).
 *
 * <p>In Redis, each line in one slot of a cluster:
 *
 * <pre>
 * realtime:{presence}:due                    a sorted set: users to look at, by time
 * realtime:{presence}:epoch                  a string that stays as long as Redis keeps its data
 * realtime:{presence:&lt;instance&gt;}             a hash: an instance's sockets, see {@link SocketFields}
 * realtime:{presence:&lt;instance&gt;}:state       a hash: generation, number and protocol version of these
 * realtime:{presence:&lt;instance&gt;}:reaped, :reaped:state   the same two of an instance that died, while they are dealt with
 * realtime:{user:&lt;id&gt;}                       a hash: on which instances a user is, and what was announced
 * </pre>
 *
 * <p>Redis commands: EVALSHA, EVAL, DEL, EXISTS, GET, SET, HMGET, ZCARD; within the scripts TIME, DEL, EXISTS, RENAME, HGET,
 * HMGET, HGETALL, HKEYS, HEXISTS, HSET, HSETNX, HDEL, HINCRBY, ZADD, ZSCORE, ZRANGE, ZREM.
 *
 * <p>Entries and batches carry the protocol version of the register of instances; those of another version are reported
 * and ignored.
 */
@NullMarked
package dev.realtime.service.presence;

import org.jspecify.annotations.NullMarked;
