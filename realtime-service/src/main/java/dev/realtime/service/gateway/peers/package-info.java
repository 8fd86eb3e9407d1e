/**
 * Forwarding to other instances. All session ids of an instance begin with its name, and the
 * {@linkplain dev.realtime.service.cluster.InstanceRegistry register} knows each instance's address, so the front door
 * forwards a request that reaches the wrong instance to the one that owns the session. Any load balancer works.
 *
 * <pre>
 *   {@link dev.realtime.service.gateway.peers.OwnAddress}      the address that this instance registers
 *   {@link dev.realtime.service.gateway.peers.PeerAddresses}   the addresses that others registered, resolved
 *   {@link dev.realtime.service.gateway.peers.ForwardSeal}     the proof that a request comes from an instance
 *   {@link dev.realtime.service.gateway.peers.InstancePeers}   the three together, as the front door uses them
 * </pre>
 *
 * <p>No instance's health depends on forwarding: without Redis the last view stays in use, and an instance that cannot
 * be reached costs the client one 400, after which the client opens a new session.
 */
@NullMarked
package dev.realtime.service.gateway.peers;

import org.jspecify.annotations.NullMarked;
