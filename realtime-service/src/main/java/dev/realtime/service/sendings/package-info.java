/**
 * Sendings: the notifications that administrators send, at once, after some seconds in which they can be cancelled, or at
 * a planned time; how long they are valid; and their recall.
 *
 * <p>A sending has an id before it is published, which clients get as {@code notificationId}. Its states:
 *
 * <pre>
 * held, planned ──► sending ──► sent ──► recalled
 *       │              ├──────► failed
 *       │              └──────► expired (before it was sent)
 *       └──► cancelled          sent and past its time: expired (after it was sent)
 * </pre>
 *
 * <p>One script decides between sending and cancelling: {@code take.lua} turns what waits into {@code sending}, {@code
 * cancel.lua} into {@code cancelled}, and whichever comes second changes nothing. Sending has no leader ({@link
 * dev.realtime.service.sendings.SendingSteps}): every instance that sees the time come takes the sending and publishes it
 * under an idempotence key made of the sending's id, which is remembered for as long as sendings are kept. Whoever dies in
 * between leaves it to the others, whose event is the same one then. What is sent at once is entered first as {@code
 * sending}, so that it is finished in the same way if its instance dies.
 *
 * <p>A recall is decided by a script too. From then on the receipt of the notification takes no confirmation and has no
 * step to come, and {@code notification:recalled} is published, if need be by another instance. What was recalled stands
 * in a set in Redis before its event is in the stream. {@link dev.realtime.service.sendings.Recalls} reads that set before
 * the port opens, adds what it reads from the stream, before the fan-out delivers anything later, and looks once a second
 * whether the set has changed; what Redis has lost of it is put back from memory. Until when a notification is valid stands
 * in its record and needs no set.
 *
 * <p>Keys in Redis, all in one slot of a Redis Cluster:
 *
 * <pre>
 * realtime:{sendings}              a sorted set: all sendings, in the order of their ids
 * realtime:{sendings}:due          a sorted set: those that have to be sent, or whose recall has to be told, by its time
 * realtime:{sendings}:over         a sorted set: those that are over, by the time at which they are forgotten
 * realtime:{sendings}:totals       a hash: the bytes of all, how many wait and their bytes, the number of recalls
 * realtime:{sendings}:recalled     a sorted set: the last 10,000 that were recalled, by the time of the recall
 * realtime:{sendings}:of:&lt;id&gt;      a hash: a sending; see create.lua
 * realtime:{sendings}:key:&lt;hash&gt;   a string: the fingerprint of a request with an idempotence key, and its sending
 * </pre>
 *
 * <p>Redis commands: EVALSHA, EVAL, HGETALL, ZRANGE, DEL; within the scripts GET, SET, DEL, HGET, HSET, HDEL, HINCRBY, ZADD,
 * ZREM, ZSCORE, ZCARD, ZRANGE.
 */
@NullMarked
package dev.realtime.service.sendings;

import org.jspecify.annotations.NullMarked;
