package dev.realtime.socketio.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.socketio.engine.polling.PollReply;
import dev.realtime.socketio.engine.polling.PollingTransport;
import dev.realtime.socketio.engine.websocket.WebSocketTransport;
import dev.realtime.socketio.engine.wire.Packets;
import dev.realtime.socketio.engine.wire.ReceivedPacket;
import dev.realtime.socketio.protocol.ProtocolException;
import dev.realtime.testkit.LeakWatch;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A polling client that says it goes, once or more often, one that posts too early, and one that upgrades meanwhile. */
@ExtendWith(LeakWatch.class)
class SessionEndTest {

    private static final EngineSettings PROPERTIES = new EngineSettings(
            "/socket.io",
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            1_000_000,
            4_000_000,
            true);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<EndReason> ends = new ArrayList<>();
    private final EngineSession session = TestSessions.open(PROPERTIES, channel.eventLoop());
    private final PollingTransport polling = new PollingTransport(session);

    @AfterEach
    void close() {
        session.end(EndReason.SERVER_CLOSE);
        channel.finishAndReleaseAll();
    }

    /** Engine.IO protocol v4, section "Protocol": a close packet; a second one has nothing left to close. */
    @Test
    void theEndIsToldOnceHoweverOftenTheClientSaysIt() throws ProtocolException {
        session.start(polling, Packets.open("{}"), ignored -> new Ends());
        poll();
        poll();
        for (int i = 0; i < 3; i++) {
            session.inbox().take(new ReceivedPacket(false, new byte[] {'1'}));
        }
        channel.advanceTimeBy(10, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        assertThat(ends).containsExactly(EndReason.CLIENT_CLOSE);
    }

    /** A close packet, and a poll that is waited for: the reason is still the client's, whatever comes in between. */
    @Test
    void theEndThatAClientSaysIsNotTheServers() throws ProtocolException {
        session.start(polling, Packets.open("{}"), ignored -> new Ends());
        session.inbox().take(new ReceivedPacket(false, new byte[] {'1'}));
        session.end(EndReason.PROTOCOL_ERROR);

        assertThat(ends).containsExactly(EndReason.CLIENT_CLOSE);
    }

    /** Engine.IO protocol v4, section "Sending data": one POST at a time, until it is answered. */
    @Test
    void aPostWhoseAnswerIsHeldIsStillActive() {
        session.start(polling, Packets.open("{}"), ignored -> new Ends());
        List<String> answers = new ArrayList<>();
        polling.setReading(false);
        assertThat(polling.onPostBegun()).isTrue();
        polling.onPostTaken(() -> answers.add("first"));
        polling.setReading(true);
        assertThat(answers).containsExactly("first");

        assertThat(polling.onPostBegun()).isTrue();
        polling.setReading(false);
        polling.onPostTaken(() -> answers.add("second"));
        assertThat(polling.onPostBegun()).isFalse();
        channel.runPendingTasks();

        assertThat(answers).containsExactly("first", "second");
        assertThat(session.isOpen()).isFalse();
    }

    /** Engine.IO protocol v4, section "Upgrade": what is pending by polling is answered. */
    @Test
    void aPostWhoseAnswerIsHeldIsAnsweredWhenTheSessionChangesItsTransport() {
        session.start(polling, Packets.open("{}"), ignored -> new Ends());
        List<String> answers = new ArrayList<>();
        polling.setReading(false);
        assertThat(polling.onPostBegun()).isTrue();
        polling.onPostTaken(() -> answers.add("held"));
        assertThat(answers).isEmpty();

        assertThat(session.switchTo(new WebSocketTransport(session, channel, false)))
                .isTrue();
        assertThat(answers).containsExactly("held");
    }

    private void poll() {
        polling.onPoll(new PollReply() {
            @Override
            public EventLoop loop() {
                return channel.eventLoop();
            }

            @Override
            public void answer(ByteBuf payload, boolean bytes) {
                assertThat(payload.toString(StandardCharsets.UTF_8)).isNotEmpty();
                payload.release();
            }
        });
    }

    private final class Ends extends DeafListener {

        @Override
        public void onEnd(EndReason reason) {
            ends.add(reason);
        }
    }
}
