/**
 * Receipts: notifications that people have to confirm, to whom each was written, who has confirmed it and when, a
 * reminder for the others and an escalation to further rooms.
 *
 * <p>A receipt has the id of the notification's record in the stream, and the record says what is asked for ({@link
 * dev.realtime.service.payload.Confirmation}). Every instance that reads the record opens the receipt, unless it exists,
 * and adds the users to whose sockets it has written the notification ({@link
 * dev.realtime.service.receipts.ReceiptNotes}). The instance that took the request opens it too. So a receipt is kept
 * even if one of them dies.
 *
 * <p><b>Addressed</b> is a user to one of whose sockets an instance has written the notification, its reminder or its
 * escalation: live, or in the replay after a reconnect. The fan-out writes an event to exactly the sockets that are in its
 * rooms at its position, and a replay to those that were. So these are the users who were connected, or come back within
 * the recovery window. A client may come back with a position behind the notification: it has it from an instance that
 * may have been killed before it said so, and counts too. Somebody who reads the notification from the history is not
 * addressed. "Written" means queued to the socket, as in the deliveries: only a confirmation proves that somebody has
 * seen it.
 *
 * <p>Steps have no leader ({@link dev.realtime.service.receipts.ReceiptSteps}): every instance that sees a step's time
 * come publishes it, under an idempotence key made of the receipt and the step, which is remembered for as long as
 * receipts are kept.
 *
 * <p>Keys in Redis, all in one slot of a Redis Cluster:
 *
 * <pre>
 * realtime:{receipts}             a sorted set: all receipts, by their time
 * realtime:{receipts}:due         a sorted set: those with a step to come, by its time
 * realtime:{receipts}:settled     a sorted set: those without, by their own time
 * realtime:{receipts}:totals      a hash: the bytes of all
 * realtime:{receipts}:of:&lt;id&gt;     a hash: a receipt; see note.lua
 * </pre>
 *
 * <p>Redis commands: EVALSHA, EVAL, HGET, HGETALL, HMGET, ZRANGE, ZCARD; within the scripts EXISTS, DEL, HGET, HSET,
 * HEXISTS, HINCRBY, ZADD, ZREM, ZSCORE, ZCARD, ZRANGE.
 */
@NullMarked
package dev.realtime.service.receipts;

import org.jspecify.annotations.NullMarked;
