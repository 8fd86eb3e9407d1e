package dev.realtime.service.gateway.sockets;

import dev.realtime.service.identity.Identity;
import java.time.Duration;

/**
 * A snapshot of a socket.
 *
 * @param idle how long ago the client last sent a Socket.IO packet; pings do not count
 */
public record SocketState(String socketId, Identity identity, Duration idle) {}
