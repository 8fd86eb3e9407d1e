/**
 * Who is online, on which instance and in which rooms, for the whole cluster.
 *
 * <p>Each instance owns its sockets' entries in Redis ({@link dev.realtime.service.presence.OwnPresence}) and has all
 * instances' entries in memory ({@link dev.realtime.service.presence.ClusterView}), so that whoever asks is answered
 * here. What changes travels as numbered batches on the destination {@code presence}; whoever misses one reads that
 * instance's entries again ({@link dev.realtime.service.presence.ViewKeeper}). One instance at a time tells that users
 * came and went, and takes the entries of instances that died ({@link dev.realtime.service.presence.PresenceLeader}).
 * How much waits for a socket is looked at once a second ({@link dev.realtime.service.presence.QueueWatch}).
 *
 * <p>In Redis, each line in one slot of a cluster:
 *
 * <pre>
 * realtime:{presence}:owners, :due, :leader, :epoch        instances by heartbeat; users to look at by time; who leads
 * realtime:{presence:&lt;instance&gt;}, …:state, …:reaped(:state)  an instance's sockets; its generation, number, heartbeat
 * realtime:{user:&lt;id&gt;}                                     on which instances a user is, and what was told of him
 * </pre>
 */
@NullMarked
package dev.realtime.service.presence;

import org.jspecify.annotations.NullMarked;
