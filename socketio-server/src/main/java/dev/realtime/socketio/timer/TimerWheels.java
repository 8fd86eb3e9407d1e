package dev.realtime.socketio.timer;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One wheel per event loop. */
public final class TimerWheels {

    private final Map<EventLoop, TimerWheel> wheels = new ConcurrentHashMap<>();
    private final Duration tick;

    /** Wheels of this precision. */
    public TimerWheels(Duration tick) {
        this.tick = tick;
    }

    public TimerWheel of(EventLoop loop) {
        return wheels.computeIfAbsent(loop, absent -> new TimerWheel(absent, tick));
    }
}
