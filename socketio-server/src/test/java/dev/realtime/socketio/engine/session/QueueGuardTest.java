package dev.realtime.socketio.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.socketio.engine.polling.PollingTransport;
import dev.realtime.socketio.engine.wire.Packets;
import dev.realtime.socketio.engine.wire.Revision;
import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.testkit.LeakWatch;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What waits for all clients together. */
@ExtendWith(LeakWatch.class)
class QueueGuardTest {

    private static final long BOUND = 3_300_000;

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
    private final EngineSessions sessions = TestSessions.of(PROPERTIES);
    private final List<String> ended = new ArrayList<>();
    private final QueueGuard guard = new QueueGuard(sessions, BOUND);

    @AfterEach
    void close() {
        sessions.all().forEach(session -> session.end(EndReason.SERVER_CLOSE));
        channel.finishAndReleaseAll();
    }

    @Test
    void aPacketForManyCountsOnce() {
        EncodedPacket shared = EncodedPacket.text("4" + "x".repeat(1_000_000));
        for (int i = 0; i < 100; i++) {
            open("socket " + i).send(shared.retain());
        }
        shared.release();
        guard.check();
        channel.runPendingTasks();
        assertThat(ended).isEmpty();
        assertThat(guard.queuedBytes()).isGreaterThan(100_000_000);
    }

    @Test
    void theLongestQueuesEndUntilTheRestFits() {
        for (int i = 1; i <= 5; i++) {
            EngineSession session = open("socket " + i);
            for (int n = 0; n < i * 3; n++) {
                session.send(EncodedPacket.text("4" + "x".repeat(100_000)));
            }
        }
        guard.check();
        channel.runPendingTasks();
        // 0.3 + 0.6 + 0.9 + 1.2 of 3.3 MB stay.
        assertThat(ended).containsExactly("socket 5");
        guard.check();
        channel.runPendingTasks();
        assertThat(ended).hasSize(1);
    }

    private EngineSession open(String name) {
        EngineSession session = TestSessions.open(sessions, Revision.V4, channel.eventLoop());
        session.start(new PollingTransport(session), Packets.open("{}"), _ -> new DeafListener() {
            @Override
            public void onOverflow() {
                ended.add(name);
            }
        });
        return session;
    }
}
