/**
 * Whether what is published here still comes back: every few seconds this instance sends a small event of its own the whole
 * way, through the binding, the stream, the reader and the fan-out, to a queue that no client has. What does not come back
 * names the stage where it was lost, and takes this instance out of the balancer where another one does better.
 *
 * <p>A canary reaches no client, no history, no delivery log and no statistics, and has no idempotence key.
 */
@NullMarked
package dev.realtime.service.canary;

import org.jspecify.annotations.NullMarked;
