package dev.realtime.service.gateway.frontdoor;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpDecoderConfig;

/** Builds the pipeline of a new client connection; the package's documentation draws it. */
final class FrontDoorInitializer extends ChannelInitializer<Channel> {

    private static final int MAX_PIECE = 64 * 1024;

    private final DoorServices services;

    FrontDoorInitializer(DoorServices services) {
        this.services = services;
    }

    @Override
    protected void initChannel(Channel channel) {
        FrontDoorProperties.Tuning tuning = services.tuning();
        PacedRequestDecoder decoder = new PacedRequestDecoder(new HttpDecoderConfig()
                .setMaxInitialLineLength(Math.toIntExact(tuning.maxRequestLine().toBytes()))
                .setMaxHeaderSize(Math.toIntExact(tuning.maxHeaders().toBytes()))
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
                .addLast(FrontDoorHandler.NAME, new FrontDoorHandler(services, decoder, encoder));
    }
}
