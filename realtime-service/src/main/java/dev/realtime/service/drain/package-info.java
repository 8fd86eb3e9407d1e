/**
 * The end of an instance, so that nobody notices it: while another instance takes traffic, this one sends its sockets there
 * a few at a time, refuses new ones and answers everything else until they are gone, or until
 * {@code realtime.drain.time} is over. Alone, it tells its sockets at once and ends.
 *
 * <pre>
 *   SIGTERM ─► readiness falls, {@link dev.realtime.service.drain.Successors} announce it
 *           ─► {@link dev.realtime.service.drain.Drain}: new sessions get 503, answers end their connections,
 *              sockets are asked to move when {@link dev.realtime.service.drain.DrainPlan} says so
 *           ─► Spring stops the rest: the front door first
 * </pre>
 *
 * <p>Who moves first is decided by the beans of type {@link dev.realtime.service.drain.DrainOrder}.
 */
@NullMarked
package dev.realtime.service.drain;

import org.jspecify.annotations.NullMarked;
