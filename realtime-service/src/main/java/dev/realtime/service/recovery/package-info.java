/**
 * Recovery: reconnecting clients continue their sessions, with the events they missed, from memory or from the stream.
 *
 * <p>A session is saved from CONNECT on, since an instance that is killed saves nothing at its end. One connection at a
 * time owns it: a connection that presents its pid, with a token of the same user, becomes the owner, and operations of
 * the previous owner have no effect.
 *
 * <pre>
 *   {@link dev.realtime.service.recovery.SessionStore}    sessions in Redis: open, claim
 *   {@link dev.realtime.service.recovery.SessionKeeper}   those connected here: change, park, end, lost
 * </pre>
 *
 * <p>In Redis, with all keys of a user in one slot of a Redis Cluster:
 *
 * <pre>
 * realtime:{sessions:&lt;user&gt;}:&lt;hash of the pid&gt;   a hash: a session, see {@link SessionFields};
 *                                           expires 1.25 windows after its last touch, or one window after parking
 * realtime:{sessions:&lt;user&gt;}                     a sorted set: the parked sessions, by time
 * realtime:{sessions:&lt;user&gt;}:blocked             when the user was last blocked; kept as long as a session
 * </pre>
 *
 * <p>Redis commands: EVALSHA, EVAL; within the scripts TIME, DEL, EXISTS, PEXPIRE, HGET, HGETALL, HEXISTS, HSET, HDEL,
 * GET, SET, ZADD, ZCARD, ZRANGE, ZREM.
 */
@NullMarked
package dev.realtime.service.recovery;

import org.jspecify.annotations.NullMarked;
