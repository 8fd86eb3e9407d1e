package dev.realtime.socketio.engine;

import java.net.InetAddress;

/**
 * Who sent a request, as far as it can be believed.
 *
 * @param address the client's address: the peer's, or what a trusted proxy says
 * @param host the authority the client asked for; empty when it named none
 * @param secure whether the client's own connection is by TLS
 */
public record RemoteClient(InetAddress address, String host, boolean secure) {}
