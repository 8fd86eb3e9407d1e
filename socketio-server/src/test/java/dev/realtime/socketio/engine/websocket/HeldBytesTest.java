package dev.realtime.socketio.engine.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.socketio.engine.polling.PollingTransport;
import dev.realtime.socketio.engine.polling.PostBody;
import dev.realtime.socketio.engine.session.DeafListener;
import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.session.EngineSettings;
import dev.realtime.socketio.engine.session.TestSessions;
import dev.realtime.socketio.engine.wire.Packets;
import dev.realtime.testkit.LeakWatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a client sends counts while it is kept, and no longer. */
@ExtendWith(LeakWatch.class)
class HeldBytesTest {

    private static final int MAX_PAYLOAD = 100_000;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final EngineSettings PROPERTIES = new EngineSettings(
            "/socket.io",
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            MAX_PAYLOAD,
            4_000_000,
            true);

    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final EngineSession session = TestSessions.open(PROPERTIES, channel.eventLoop());
    private final EngineSession anonymous = TestSessions.anonymous(PROPERTIES, channel.eventLoop());
    private final List<String> told = new ArrayList<>();
    private final PollingTransport polling = new PollingTransport(session);

    @AfterEach
    void close() {
        session.end(EndReason.SERVER_CLOSE);
        anonymous.end(EndReason.SERVER_CLOSE);
        channel.finishAndReleaseAll();
    }

    @Test
    void aBodyCountsAsItComesAndNotWhenItIsHandled() {
        session.start(polling, Packets.open("{}"), _ -> new Told());
        PostBody body = post(session, polling);
        content(body, "4" + "x".repeat(9_999));
        assertThat(held(session)).isBetween(10_000, 20_000);
        body.onEnd();
        assertThat(held(session)).isZero();
        assertThat(told).containsExactly("text 9999");
        assertThat(status()).isEqualTo(200);
    }

    @Test
    void theEndOfTheSessionDropsABodyAndAnswersItsRequest() {
        session.start(polling, Packets.open("{}"), _ -> new Told());
        PostBody body = post(session, polling);
        content(body, "4xxx");
        session.end(EndReason.CLIENT_CLOSE);
        assertThat(held(session)).isZero();
        assertThat(status()).isEqualTo(400);
        content(body, "x".repeat(50_000));
        body.onEnd();
        assertThat(held(session)).isZero();
        assertThat(told).containsExactly("end CLIENT_CLOSE");
        assertThat(channel.outboundMessages()).isEmpty();
    }

    @Test
    void theEndOfTheConnectionDropsABody() {
        session.start(polling, Packets.open("{}"), _ -> new Told());
        PostBody body = post(session, polling);
        content(body, "4xxx");
        body.abort();
        assertThat(held(session)).isZero();
        assertThat(told).containsExactly("end TRANSPORT_CLOSE");
    }

    @Test
    void aBodyThatComesAfterTheSessionHasEndedIsAnsweredAtOnce() {
        session.start(polling, Packets.open("{}"), _ -> new Told());
        assertThat(polling.onPostBegun()).isTrue();
        session.end(EndReason.CLIENT_CLOSE);
        PostBody late = new PostBody(channel.pipeline().firstContext(), session, polling, null, false, MAX_PAYLOAD);
        polling.receive(late);
        assertThat(status()).isEqualTo(400);
    }

    @Test
    void withoutAnIdentityThereIsLittleRoomForABody() {
        PollingTransport transport = new PollingTransport(anonymous);
        anonymous.start(transport, Packets.open("{}"), _ -> new Told());
        PostBody body = post(anonymous, transport);
        content(body, "4" + "x".repeat(20_000));
        content(body, "x".repeat(20_000));
        assertThat(held(anonymous)).isZero();
        assertThat(told).containsExactly("too much");
        assertThat(status()).isEqualTo(413);
    }

    /** Whether in one piece or in many, by whatever transport: 32 KB in all. */
    @Test
    void withoutAnIdentityNotMuchMayComeInAll() {
        PollingTransport transport = new PollingTransport(anonymous);
        anonymous.start(transport, Packets.open("{}"), _ -> new Told());
        for (int i = 0; i < 4; i++) {
            PostBody body = post(anonymous, transport);
            content(body, "4" + "x".repeat(9_999));
            body.onEnd();
        }
        assertThat(told).containsExactly("text 9999", "text 9999", "text 9999", "too much");
        assertThat(anonymous.standing().mayCome(1)).isFalse();
    }

    @Test
    void halfAFrameCountsUntilItIsWhole() {
        webSocket(session);
        byte[] frame = frame(true, TEXT, "4" + "x".repeat(50_000));
        channel.writeInbound(Unpooled.copiedBuffer(frame, 0, 30_000));
        assertThat(held(session)).isEqualTo(30_000);
        channel.writeInbound(Unpooled.copiedBuffer(frame, 30_000, frame.length - 30_000));
        assertThat(held(session)).isZero();
        assertThat(told).containsExactly("text 50000");
    }

    @Test
    void withoutAnIdentityThereIsLittleRoomForAFrame() {
        webSocket(anonymous);
        byte[] frame = frame(true, TEXT, "4" + "x".repeat(50_000));
        channel.writeInbound(Unpooled.copiedBuffer(frame, 0, 30_000));
        channel.writeInbound(Unpooled.copiedBuffer(frame, 30_000, 10_000));
        assertThat(told).containsExactly("too much");
        assertThat(held(anonymous)).isZero();
        channel.writeInbound(Unpooled.copiedBuffer(frame, 40_000, frame.length - 40_000));
        assertThat(told).as("what comes behind it").containsExactly("too much");
    }

    @Test
    void fragmentsCountUntilTheMessageIsWhole() {
        webSocket(session);
        channel.writeInbound(Unpooled.copiedBuffer(frame(false, TEXT, "4" + "x".repeat(999))));
        for (int i = 0; i < 9; i++) {
            channel.writeInbound(Unpooled.copiedBuffer(frame(false, CONTINUATION, "x".repeat(1_000))));
        }
        assertThat(held(session)).isBetween(10_000, 12_000);
        channel.writeInbound(Unpooled.copiedBuffer(frame(true, CONTINUATION, "")));
        assertThat(held(session)).isZero();
        assertThat(told).containsExactly("text 9999");
    }

    @Test
    void fragmentsWithoutEndAreDroppedWithTheSession() {
        webSocket(session);
        channel.writeInbound(Unpooled.copiedBuffer(frame(false, TEXT, "4" + "x".repeat(9_999))));
        session.end(EndReason.SERVER_CLOSE);
        assertThat(held(session)).isZero();
        assertThat(channel.pipeline().get(WebSocketFrameAggregator.class)).isNull();
    }

    private void webSocket(EngineSession opened) {
        WebSocketTransport transport = new WebSocketTransport(opened, channel, false);
        FrameBytes bytes = transport.frameBytes();
        channel.pipeline()
                .addLast(bytes)
                .addLast(FrameBytes.DECODER, new WebSocket13FrameDecoder(WebSocketHandshake.frames(MAX_PAYLOAD)))
                .addLast(transport.frameCount(bytes))
                .addLast(new WebSocketFrameAggregator(MAX_PAYLOAD))
                .addLast(transport);
        opened.start(transport, Packets.open("{}"), _ -> new Told());
        channel.runPendingTasks();
    }

    private PostBody post(EngineSession opened, PollingTransport transport) {
        assertThat(transport.onPostBegun()).isTrue();
        PostBody body = new PostBody(channel.pipeline().firstContext(), opened, transport, null, false, MAX_PAYLOAD);
        transport.receive(body);
        return body;
    }

    private static void content(PostBody body, String text) {
        ByteBuf content = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        body.onContent(content);
        content.release();
    }

    private int status() {
        channel.runPendingTasks();
        FullHttpResponse answer = channel.readOutbound();
        int status = answer.status().code();
        answer.release();
        return status;
    }

    /** As a client sends it, with a mask that changes nothing (RFC 6455 section 5.2). */
    private static byte[] frame(boolean last, int opcode, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        ByteBuf frame = Unpooled.buffer();
        frame.writeByte((last ? 0x80 : 0) | opcode);
        if (bytes.length < 126) {
            frame.writeByte(0x80 | bytes.length);
        } else {
            frame.writeByte(0x80 | 126).writeShort(bytes.length);
        }
        frame.writeInt(0).writeBytes(bytes);
        byte[] whole = new byte[frame.readableBytes()];
        frame.readBytes(whole).release();
        return whole;
    }

    private static int held(EngineSession opened) {
        return opened.standing().budget().held();
    }

    private final class Told extends DeafListener {

        @Override
        public void onText(byte[] utf8) {
            told.add("text " + utf8.length);
        }

        @Override
        public void onTooMuchData() {
            told.add("too much");
        }

        @Override
        public void onEnd(EndReason reason) {
            told.add("end " + reason);
        }
    }
}
