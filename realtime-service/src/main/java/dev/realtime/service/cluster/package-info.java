/**
 * The instances of the cluster: which there are, what each says about itself, and the time they agree on.
 *
 * <pre>
 *   {@link dev.realtime.service.cluster.InstanceName}       this instance's name; its session ids begin with it
 *   {@link dev.realtime.service.cluster.InstanceRegistry}   one beat a second: writes its own entry, reads the others'
 *   {@link dev.realtime.service.cluster.ClusterClock}       Redis' time, as this instance estimates it
 *   {@link dev.realtime.service.cluster.LeaderLease}        one instance at a time leads
 *   {@link dev.realtime.service.cluster.SecretAgreement}    reports when instances have different secrets
 *   {@link dev.realtime.service.cluster.ForeignProtocols}   reports when an instance speaks another protocol version
 * </pre>
 *
 * <p>Redis keys, all with the hash tag {@code {instances}} and hence in one slot of a Redis Cluster:
 *
 * <ul>
 *   <li>{@code realtime:{instances}}: a hash with an entry per instance name: {@code <protocol> <mac> <JSON>}. The mac
 *       is HMAC-SHA256 with a key derived from {@code JWT_SECRET}. From an entry without a valid mac only the
 *       fingerprints are used, so that somebody who can write to Redis cannot have requests forwarded to an address of
 *       theirs.
 *   <li>{@code realtime:{instances}:beats}: a sorted set, each instance's last beat in milliseconds of Redis' clock.
 *   <li>{@code realtime:{instances}:salt}: a string, the salt of the secrets' fingerprints in this Redis.
 *   <li>{@code realtime:{instances}:leader}: a string that expires, the name of the instance that leads.
 * </ul>
 *
 * <p>Redis commands: EVALSHA, EVAL; within the scripts TIME, HGET, HMGET, HSET, HDEL, ZADD, ZCARD, ZRANGE, ZREM,
 * ZSCORE, GET, SET, DEL.
 */
@NullMarked
package dev.realtime.service.cluster;

import org.jspecify.annotations.NullMarked;
