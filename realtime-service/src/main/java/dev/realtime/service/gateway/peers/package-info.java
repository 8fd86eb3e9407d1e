/**
 * The other instances: each registers its tag, with which all its session ids begin, and its address in Redis; a request
 * that lands on the wrong one is forwarded by the front door to the session's own. So any balancer will do.
 *
 * <pre>
 *   {@link dev.realtime.service.gateway.peers.PeerDirectory}   who is there, by a heartbeat
 *   {@link dev.realtime.service.gateway.peers.ForwardSeal}     the proof that a request comes from an instance
 *   {@link dev.realtime.service.gateway.peers.InstancePeers}   both, as the front door asks for them
 * </pre>
 *
 * <p>Nobody's health depends on it: without Redis the last view stays, and a peer that cannot be reached costs the
 * client one 400, upon which it starts anew.
 */
@NullMarked
package dev.realtime.service.gateway.peers;

import org.jspecify.annotations.NullMarked;
