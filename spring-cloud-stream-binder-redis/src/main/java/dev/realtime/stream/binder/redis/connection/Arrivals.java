package dev.realtime.stream.binder.redis.connection;

import dev.realtime.stream.binder.redis.wire.RawReply;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Tells a {@link RawReply} when bytes arrive for it, since Lettuce shows an element only once it is complete. */
final class Arrivals extends ChannelDuplexHandler {

    private @Nullable RawReply awaited;

    /** The same resources, except that their channels observe what arrives. */
    static ClientResources observing(ClientResources resources) {
        NettyCustomizer customizer = customizer(resources.nettyCustomizer());
        // Not ClientResources.mutate(): its result would have to be shut down, and would shut down what it shares.
        return (ClientResources) Proxy.newProxyInstance(
                Arrivals.class.getClassLoader(), new Class<?>[] {ClientResources.class}, (proxy, method, args) -> {
                    if (method.getName().equals("nettyCustomizer")) {
                        return customizer;
                    }
                    try {
                        return method.invoke(resources, args);
                    } catch (InvocationTargetException failure) {
                        throw failure.getTargetException();
                    }
                });
    }

    private static NettyCustomizer customizer(NettyCustomizer others) {
        return new NettyCustomizer() {
            @Override
            public void afterBootstrapInitialized(Bootstrap bootstrap) {
                others.afterBootstrapInitialized(bootstrap);
            }

            @Override
            public void afterChannelInitialized(Channel channel) {
                others.afterChannelInitialized(channel);
                observe(channel);
            }
        };
    }

    private static void observe(Channel channel) {
        ChannelHandlerContext commands = channel.pipeline().context(CommandHandler.class);
        if (commands != null) {
            channel.pipeline().addBefore(commands.name(), Arrivals.class.getName(), new Arrivals());
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof Collection<?> commands) {
            commands.forEach(this::sent);
        } else {
            sent(message);
        }
        super.write(context, message, promise);
    }

    private void sent(Object message) {
        if (message instanceof RedisCommand<?, ?, ?> command && command.getOutput() instanceof RawReply reply) {
            awaited = reply;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        RawReply reply = awaited;
        if (reply != null) {
            reply.arriving();
        }
        super.channelRead(context, bytes);
    }
}
