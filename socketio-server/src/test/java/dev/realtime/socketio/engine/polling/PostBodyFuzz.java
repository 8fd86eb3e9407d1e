package dev.realtime.socketio.engine.polling;

import static dev.realtime.testkit.fuzz.Bytes.join;
import static dev.realtime.testkit.fuzz.Bytes.magnitude;

import dev.realtime.socketio.engine.FuzzSessions;
import dev.realtime.socketio.engine.WatchedListener;
import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.session.EngineSessions;
import dev.realtime.socketio.engine.session.EngineSettings;
import dev.realtime.socketio.engine.wire.Packets;
import dev.realtime.socketio.engine.wire.Revision;
import dev.realtime.socketio.engine.wire.WireFormatFuzz;
import dev.realtime.testkit.fuzz.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The bodies of POSTs, in pieces, for a session that is open. An input's first byte holds the revision, whether the body
 * is binary, how large the pieces are, and whether a poll waits.
 */
public final class PostBodyFuzz implements Target {

    private final int maxPayload;
    private final EngineSettings properties;
    private final EngineSessions sessions;

    public PostBodyFuzz(int maxPayload) {
        this.maxPayload = maxPayload;
        Duration minute = Duration.ofMinutes(1);
        properties = new EngineSettings(
                "/socket.io", minute, minute, minute, minute, Math.max(maxPayload, 1_000), 20_000, true);
        sessions = FuzzSessions.of(properties);
    }

    @Override
    public String name() {
        return "post-body";
    }

    @Override
    public int bytesPerByte() {
        // Three bytes are a ping, and its pong is a buffer with a place in the queue.
        return 256;
    }

    @Override
    public byte[] generate(RandomGenerator random) {
        int options = random.nextInt(256);
        return join(new byte[] {(byte) options}, WireFormatFuzz.body(random, revision((byte) options), isBinary((byte)
                options)));
    }

    private static Revision revision(byte options) {
        return (options & 1) == 0 ? Revision.V4 : Revision.V3;
    }

    private static boolean isBinary(byte options) {
        return (options & 2) != 0;
    }

    @Override
    public Outcome take(byte[] input) {
        byte options = input.length == 0 ? 0 : input[0];
        byte[] body = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
        EngineSession session = FuzzSessions.open(sessions, revision(options), channel.eventLoop());
        try {
            PollingTransport polling = new PollingTransport(session);
            WatchedListener recorder = new WatchedListener();
            session.start(polling, Packets.open("{}"), _ -> recorder);
            if ((options & 64) != 0) {
                // The first is answered with the packet that opens, the second waits.
                polling.onPoll(new Poll(channel.eventLoop()));
                polling.onPoll(new Poll(channel.eventLoop()));
            }
            post(channel, session, polling, options, body);
            channel.runPendingTasks();
            return outcome(channel, session, recorder, body.length > maxPayload);
        } finally {
            session.end(EndReason.SERVER_CLOSE);
            channel.finishAndReleaseAll();
        }
    }

    private void post(
            EmbeddedChannel channel, EngineSession session, PollingTransport polling, byte options, byte[] body) {
        require(polling.onPostBegun(), "the first POST is not begun");
        PostBody post =
                new PostBody(channel.pipeline().firstContext(), session, polling, null, isBinary(options), maxPayload);
        int piece = 1 << ((options & 0xFF) >> 2 & 15);
        for (int at = 0; at < body.length; at += piece) {
            ByteBuf content = Unpooled.wrappedBuffer(body, at, Math.min(piece, body.length - at));
            post.onContent(content);
            require(content.release(), "the piece is kept");
        }
        post.onEnd();
    }

    private static Outcome outcome(
            EmbeddedChannel channel, EngineSession session, WatchedListener recorder, boolean tooLarge) {
        FullHttpResponse answer = channel.readOutbound();
        require(answer != null, "no answer");
        int status = answer.status().code();
        answer.release();
        require(channel.outboundMessages().isEmpty(), "more than one answer");
        require(tooLarge == (status == 413), "size and answer " + status);
        require(status == 200 || !session.isOpen(), "open after a refusal");
        require(status == 200 || !recorder.ends().isEmpty(), "no end after a refusal");
        require(!recorder.ends().contains(EndReason.SERVER_CLOSE), "an end that is not the server's");
        require(recorder.ends().size() <= 1, "ends twice");
        String kind = status + (session.isOpen() ? " open, " : " ended, ") + magnitude(recorder.texts()) + " texts, "
                + magnitude(recorder.binaries()) + " binary, ends " + recorder.ends() + ", "
                + magnitude(session.queuedBytes());
        return () -> kind;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }

    private record Poll(EventLoop loop) implements PollReply {

        @Override
        public void answer(ByteBuf payload, boolean bytes) {
            payload.release();
        }
    }
}
