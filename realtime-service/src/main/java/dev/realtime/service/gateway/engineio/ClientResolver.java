package dev.realtime.service.gateway.engineio;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;

/** Finds out who sent a request. Called on the channel's event loop; must not block. */
@FunctionalInterface
public interface ClientResolver {

    RemoteClient resolve(Channel channel, HttpRequest request);
}
