package dev.realtime.frontdoor;

import static dev.realtime.testkit.fuzz.Bytes.join;
import static dev.realtime.testkit.fuzz.Bytes.oneOf;

import dev.realtime.frontdoor.routing.ChannelEndpoint;
import dev.realtime.frontdoor.routing.EndpointPath;
import dev.realtime.testkit.fuzz.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * What a client's connection brings, in pieces whose size an input's first byte holds. Whatever it is, nothing is thrown
 * into the pipeline, and what goes out is encoded.
 */
public final class FrontDoorFuzz implements Target {

    @Override
    public String name() {
        return "front-door";
    }

    @Override
    public int bytesPerByte() {
        // A request line and a Host are some twenty bytes and have an answer with headers of its own.
        return 4_096;
    }

    @Override
    public int bytesAtLeast() {
        return 512 * 1024;
    }

    @Override
    public byte[] generate(RandomGenerator random) {
        StringBuilder requests = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String body = oneOf(random, "", "4a", "4a\u001e4b", "1:4");
            boolean chunked = random.nextBoolean();
            requests.append(oneOf(random, "GET", "POST", "OPTIONS", "HEAD", "PUT"))
                    .append(" /socket.io/?EIO=4")
                    .append(oneOf(random, " HTTP/1.1", " HTTP/1.1", " HTTP/1.0"))
                    .append("\r\nHost: h\r\n")
                    .append(oneOf(random, "", "Connection: close\r\n", "Expect: 100-continue\r\n", "X: a\r\n b\r\n"))
                    .append(oneOf(random, "", "X-Forwarded-For: 1.2.3.4, ::1\r\n", "Forwarded: for=a\r\n"));
            if (chunked) {
                requests.append("Transfer-Encoding: chunked\r\n\r\n");
                if (!body.isEmpty()) {
                    requests.append(Integer.toHexString(body.length()))
                            .append("\r\n")
                            .append(body)
                            .append("\r\n");
                }
                requests.append(oneOf(random, "0\r\n\r\n", "0\r\n\r\n", "0\r\nA: b\r\n\r\n", "0;x=y\r\n\r\n"));
            } else {
                requests.append("Content-Length: ")
                        .append(body.length())
                        .append("\r\n\r\n")
                        .append(body);
            }
        }
        return join(new byte[] {(byte) random.nextInt(256)}, requests.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public Outcome take(byte[] input) {
        int piece = 16 << (input.length == 0 ? 0 : input[0] & 7);
        EmbeddedDoor channel = EmbeddedDoor.open(new Answering());
        StringBuilder statuses = new StringBuilder();
        try {
            for (int at = 1; at < input.length && channel.isActive(); at += piece) {
                channel.writeInbound(Unpooled.copiedBuffer(input, at, Math.min(piece, input.length - at)));
                drain(channel, statuses);
            }
        } finally {
            channel.finishAndReleaseAll();
        }
        String kind = statuses.toString();
        return () -> kind;
    }

    private static void drain(EmbeddedChannel channel, StringBuilder statuses) {
        channel.runPendingTasks();
        channel.checkException();
        for (Object written = channel.readOutbound(); written != null; written = channel.readOutbound()) {
            try {
                if (written instanceof ByteBuf bytes) {
                    String text = bytes.toString(StandardCharsets.ISO_8859_1);
                    if (text.startsWith("HTTP/1.1 ")) {
                        statuses.append(text, 9, 12).append(' ');
                    }
                } else {
                    throw new IllegalStateException("No bytes but " + written);
                }
            } finally {
                ReferenceCountUtil.release(written);
            }
        }
    }

    /** A gateway that answers what it was sent in full. */
    private static final class Answering implements ChannelEndpoint {

        @Override
        public EndpointPath path() {
            return TestGateway.PATH;
        }

        @Override
        public void configure(ChannelPipeline pipeline) {
            pipeline.addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object message) {
                    boolean last = message instanceof LastHttpContent;
                    ReferenceCountUtil.release(message);
                    if (last) {
                        DefaultFullHttpResponse answer =
                                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
                        answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
                        ctx.writeAndFlush(answer);
                    }
                }
            });
        }
    }
}
