package dev.realtime.service.gateway.sockets;

import dev.realtime.service.identity.Identity;
import java.time.Duration;

/**
 * A socket as it was a moment ago.
 *
 * @param idle how long ago its client last sent a Socket.IO packet; pings are none
 */
public record SocketState(String socketId, Identity identity, Duration idle) {}
