package dev.realtime.frontdoor.connection;

import dev.realtime.frontdoor.http.PacedRequestDecoder;
import dev.realtime.frontdoor.http.RequestAwareResponseEncoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpDecoderConfig;

/** Builds the pipeline of a new client connection; the package documentation of the front door draws it. */
public final class ConnectionInitializer extends ChannelInitializer<Channel> {

    /**
     * The name of the front door's handler in each pipeline; the handler is removed when a connection becomes a
     * WebSocket.
     */
    public static final String HANDLER = ConnectionHandler.NAME;

    private static final int MAX_PIECE = 64 * 1024;

    private final DoorServices services;

    /** For the connections of this front door. */
    public ConnectionInitializer(DoorServices services) {
        this.services = services;
    }

    @Override
    protected void initChannel(Channel channel) {
        Limits limits = services.limits();
        PacedRequestDecoder decoder = new PacedRequestDecoder(new HttpDecoderConfig()
                .setMaxInitialLineLength(Math.toIntExact(limits.maxRequestLine()))
                .setMaxHeaderSize(Math.toIntExact(limits.maxHeaders()))
                .setMaxChunkSize(MAX_PIECE)
                .setAllowDuplicateContentLengths(false)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true));
        RequestAwareResponseEncoder encoder = new RequestAwareResponseEncoder();
        services.connections().add(channel);
        services.metrics().connected();
        channel.closeFuture().addListener(_ -> services.metrics().disconnected());
        channel.pipeline()
                .addLast("http-decoder", decoder)
                .addLast("http-encoder", encoder)
                .addLast(HANDLER, new ConnectionHandler(services, decoder, encoder));
    }
}
