/**
 * How clients that come back go on where they were: what they missed, from memory or from the stream.
 *
 * <p>A session is saved from CONNECT on, since an instance that is killed saves nothing at its end, and is owned by one
 * connection at a time. Whoever presents its pid with a token of the same user owns it from then on; what the connection of
 * before still asks of it is not done.
 *
 * <pre>
 *   {@link dev.realtime.service.recovery.SessionStore}    sessions in Redis: open, claim
 *   {@link dev.realtime.service.recovery.SessionKeeper}   those whose connections are on this instance: changes of rooms, park, end, lost
 * </pre>
 *
 * <p>In Redis, all of a user in one slot of a cluster:
 *
 * <pre>
 * realtime:{sessions:&lt;user&gt;}:&lt;hash of the pid&gt;   a hash: a session, see {@link SessionFields}; expires a window and a quarter after its
 *                                           connection was last heard of, or a window after it was parked
 * realtime:{sessions:&lt;user&gt;}                     a sorted set: which of them are parked, by time
 * </pre>
 *
 * <p>Redis commands: EVALSHA, EVAL; within the scripts TIME, DEL, EXISTS, PEXPIRE, HGET, HGETALL, HEXISTS, HSET, HDEL, ZADD,
 * ZCARD, ZRANGE, ZREM.
 */
@NullMarked
package dev.realtime.service.recovery;

import org.jspecify.annotations.NullMarked;
