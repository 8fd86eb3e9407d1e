package dev.realtime.socketio.engine;

import java.net.InetAddress;

/**
 * The sender of a request, as far as it can be trusted.
 *
 * @param address the client's address: the peer's, or the one that a trusted proxy reports
 * @param host the authority of the request; empty if it named none
 * @param secure whether the client's own connection uses TLS
 */
public record RemoteClient(InetAddress address, String host, boolean secure) {}
