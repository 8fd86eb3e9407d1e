/**
 * Shuts an instance down without anyone noticing. While another instance takes traffic, this one sends its sockets
 * there a few at a time, refuses new ones and answers everything else, until they are gone or {@code
 * realtime.drain.time} is over. A lone instance tells its sockets at once and ends.
 *
 * <pre>
 *   SIGTERM ─► readiness falls, {@link dev.realtime.service.drain.Successors} announce it
 *           ─► {@link dev.realtime.service.drain.Drain}: new sessions get 503, answers end their connections,
 *              sockets are asked to move when {@link dev.realtime.service.drain.DrainPlan} says so
 *           ─► Spring stops the rest: the front door first
 * </pre>
 *
 * <p>The beans of type {@link dev.realtime.service.drain.DrainOrder} decide which sockets move first.
 */
@NullMarked
package dev.realtime.service.drain;

import org.jspecify.annotations.NullMarked;
