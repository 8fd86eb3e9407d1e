/**
 * The service's sockets: the gate that requires an identity, and what an identified socket can do. Delivering events to
 * sockets is the fan-out's job.
 */
@NullMarked
package dev.realtime.service.gateway.sockets;

import org.jspecify.annotations.NullMarked;
