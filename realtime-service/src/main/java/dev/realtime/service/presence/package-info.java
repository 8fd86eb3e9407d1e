/**
 * Who is online, on which instance and in which rooms, for the whole cluster.
 *
 * <p>Each instance owns its sockets' entries in Redis ({@link dev.realtime.service.presence.OwnLedger}) and has all
 * instances' entries in memory ({@link dev.realtime.service.presence.ClusterView}), so that queries are answered
 * locally. Changes travel as numbered batches of deltas on the destination {@code presence}: a join or a leave costs a
 * few bytes there and in Redis. An instance that misses a batch reads all entries of the instance that sent it
 * ({@link dev.realtime.service.presence.ViewKeeper}). The leader announces users and removes dead instances
 * ({@link dev.realtime.service.presence.PresenceLeader}); the package {@code cluster} knows which instances exist,
 * which one leads and which are dead. Queued bytes are checked once a second
 * ({@link dev.realtime.service.presence.QueueWatch}).
 *
 * <p>Keys in Redis; the keys on one line share a slot of a Redis Cluster:
 *
 * <pre>
 * realtime:{presence}:due                    a sorted set: users to check, by time
 * realtime:{presence}:epoch                  a string that stays the same as long as Redis keeps its data
 * realtime:{presence:&lt;instance&gt;}             a hash: an instance's sockets, see {@link SocketFields}
 * realtime:{presence:&lt;instance&gt;}:state       a hash: generation, number and protocol version of these entries
 * realtime:{presence:&lt;instance&gt;}:reaped, :reaped:state   the same two of a dead instance, until dealt with
 * realtime:{user:&lt;id&gt;}                       a hash: the instances that a user is on, and what was announced
 * </pre>
 *
 * <p>Redis commands: EVALSHA, EVAL, DEL, EXISTS, GET, SET, HMGET, ZCARD; within the scripts TIME, DEL, EXISTS, RENAME,
 * HGET, HMGET, HGETALL, HKEYS, HEXISTS, HSET, HSETNX, HDEL, HINCRBY, ZADD, ZSCORE, ZRANGE, ZREM.
 *
 * <p>Entries and batches carry the protocol version of the register of instances; those of another version are reported
 * and ignored.
 */
@NullMarked
package dev.realtime.service.presence;

import org.jspecify.annotations.NullMarked;
