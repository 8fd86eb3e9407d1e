package dev.realtime.socketio.engine.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.socketio.engine.session.DeafListener;
import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.session.EngineSettings;
import dev.realtime.socketio.engine.session.TestSessions;
import dev.realtime.socketio.engine.wire.Packets;
import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.testkit.LeakWatch;
import io.netty.buffer.ByteBuf;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A poll that two want to end at the same moment: one with a message, one with the NOOP of an upgrade. */
@ExtendWith(LeakWatch.class)
class PollEndTest {

    private static final int ROUNDS = 20_000;
    private static final EngineSettings PROPERTIES = new EngineSettings(
            "/socket.io",
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            1_000_000,
            4_000_000,
            true);

    private static final EventLoop LOOP = new DefaultEventLoop();
    private static final EventLoop OTHER = new DefaultEventLoop();

    @AfterAll
    static void stop() {
        LOOP.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        OTHER.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    /** Engine.IO protocol v4, section "Upgrade": the server ends the pending poll, and loses nothing by it. */
    @Test
    void losesNoMessage() throws Exception {
        EngineSession session = TestSessions.open(PROPERTIES, LOOP);
        PollingTransport polling = new PollingTransport(session);
        session.start(polling, Packets.open("{}"), ignored -> new DeafListener());
        assertThat(poll(polling).get(5, TimeUnit.SECONDS)).isEqualTo("0{}");

        for (int round = 0; round < ROUNDS; round++) {
            Poll first = poll(polling);
            OTHER.execute(polling::release);
            session.send(EncodedPacket.text("4" + round));
            String answer = first.get(5, TimeUnit.SECONDS);
            if (answer.equals("6")) {
                answer = poll(polling).get(5, TimeUnit.SECONDS);
            }
            assertThat(answer).isEqualTo("4" + round);
            // A release that found nothing to do must not meet the next round's poll.
            OTHER.submit(() -> {}).get(5, TimeUnit.SECONDS);
        }
        session.end(EndReason.SERVER_CLOSE);
    }

    @Test
    void isNotWaitedForWhenTheSessionHasEnded() {
        EngineSession session = TestSessions.open(PROPERTIES, LOOP);
        PollingTransport polling = new PollingTransport(session);
        session.start(polling, Packets.open("{}"), ignored -> new DeafListener());
        session.end(EndReason.SERVER_CLOSE);

        assertThat(polling.onPoll(new Poll())).isFalse();
    }

    private static Poll poll(PollingTransport polling) {
        Poll poll = new Poll();
        assertThat(polling.onPoll(poll)).isTrue();
        return poll;
    }

    private static final class Poll extends CompletableFuture<String> implements PollReply {

        @Override
        public EventLoop loop() {
            return LOOP;
        }

        @Override
        public void answer(ByteBuf payload, boolean bytes) {
            String text = payload.toString(StandardCharsets.UTF_8);
            payload.release();
            complete(text);
        }
    }
}
