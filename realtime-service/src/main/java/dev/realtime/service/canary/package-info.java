/**
 * Checks that what this instance publishes still comes back. Every few seconds the instance sends a small event of its
 * own the whole way, through the binding, the stream, the reader and the fan-out, to a queue that belongs to no client.
 * A lost canary names the stage where it was lost, and takes this instance out of the load balancer while another
 * instance does better.
 *
 * <p>A canary reaches no client, history, delivery log or statistics, and has no idempotence key.
 */
@NullMarked
package dev.realtime.service.canary;

import org.jspecify.annotations.NullMarked;
