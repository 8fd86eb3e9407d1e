package dev.realtime.service.recovery;

import dev.realtime.service.fanout.FanOut;
import dev.realtime.service.heartbeat.Beating;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Tells quiet sockets the position, eight times per window. So the last position that a client knows is at most a
 * quarter of a window old when its connection ends, and events are kept for one and a quarter windows.
 */
@Component
final class PositionBeat extends Beating {

    private static final int BEATS = 8;
    private static final Duration OTHERWISE = Duration.ofMinutes(1);

    private final FanOut fanOut;
    private final RecoveryProperties properties;

    PositionBeat(FanOut fanOut, RecoveryProperties properties) {
        super("position-beat");
        this.fanOut = fanOut;
        this.properties = properties;
    }

    @Override
    protected Duration beat() {
        if (!properties.enabled()) {
            return OTHERWISE;
        }
        fanOut.keepFresh();
        return properties.window().dividedBy(BEATS);
    }
}
