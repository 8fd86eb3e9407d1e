/**
 * Forwarding to the other instances. All session ids of an instance begin with its name, and the {@linkplain
 * dev.realtime.service.cluster.InstanceRegistry register} knows each instance's address: the front door forwards a request
 * that lands on the wrong instance to the session's own. So any balancer will do.
 *
 * <pre>
 *   {@link dev.realtime.service.gateway.peers.OwnAddress}      what this instance registers
 *   {@link dev.realtime.service.gateway.peers.PeerAddresses}   what the others registered, resolved
 *   {@link dev.realtime.service.gateway.peers.ForwardSeal}     the proof that a request comes from an instance
 *   {@link dev.realtime.service.gateway.peers.InstancePeers}   all of it, as the front door asks for it
 * </pre>
 *
 * <p>Nobody's health depends on it: without Redis the last view stays, and an instance that cannot be reached costs the
 * client one 400, upon which it starts anew.
 */
@NullMarked
package dev.realtime.service.gateway.peers;

import org.jspecify.annotations.NullMarked;
