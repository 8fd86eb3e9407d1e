package dev.realtime.service.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.service.gateway.budget.TestBudgets;
import dev.realtime.socketio.engine.session.Backlogs;
import dev.realtime.socketio.engine.session.ClientBounds;
import dev.realtime.socketio.engine.session.EngineObserver;
import dev.realtime.socketio.engine.session.EngineSessions;
import dev.realtime.socketio.engine.session.EngineSettings;
import dev.realtime.socketio.engine.session.SessionLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What waits for all clients is counted. */
class QueueGuardBeatTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void theGaugeIsThereAndTheNextLookIsInASecond() {
        EngineSessions sessions = new EngineSessions(
                EngineSettings.DEFAULT,
                SessionLimits.DEFAULT,
                ClientBounds.perSession(1_000, 1_000),
                EngineObserver.NONE,
                "",
                new Backlogs(1_000));
        QueueGuardBeat beat = new QueueGuardBeat(sessions, TestBudgets.usual(meters), meters);
        assertThat(beat.beat()).isEqualTo(Duration.ofSeconds(1));
        assertThat(meters.get("realtime.engine.queued").gauge().value()).isZero();
    }
}
