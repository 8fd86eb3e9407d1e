package dev.realtime.socketio.timer;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timers of all sockets of one event loop, in a hashed wheel (Varghese and Lauck, "Hashed and Hierarchical Timing
 * Wheels", scheme 6). Scheduling and canceling are a list insertion and removal, whatever the number of timers, and
 * timers that are due at about the same time run together. The loop wakes once per tick, and never while nothing is
 * scheduled.
 *
 * <p>A timer runs at its time or up to {@link #lateness()} later, never earlier. Thread-safe.
 */
public final class TimerWheel {

    private static final Logger log = LoggerFactory.getLogger(TimerWheel.class);

    /** A power of two. Timers beyond one revolution are skipped once per revolution. */
    private static final int SLOTS = 512;

    private final EventLoop loop;
    private final long tickNanos;
    private final long began = System.nanoTime();
    private final @Nullable Timer[] slots = new @Nullable Timer[SLOTS];
    private final List<Timer> running = new ArrayList<>();
    private long done;
    private int count;
    private boolean beating;

    /** A wheel whose timers run on this loop, with this precision. */
    public TimerWheel(EventLoop loop, Duration tick) {
        this.loop = loop;
        this.tickNanos = tick.toNanos();
    }

    /**
     * The most a timer is late while the loop is otherwise idle: two ticks. Whatever must not be late has to be
     * scheduled that much earlier.
     */
    public Duration lateness() {
        return Duration.ofNanos(2 * tickNanos);
    }

    /** Schedules a timer, in place of any earlier schedule. */
    public void plan(Timer timer, Duration delay) {
        boolean start;
        synchronized (this) {
            unlink(timer);
            if (count == 0) {
                // The wheel was empty and stood still, so no timer can be missed.
                done = Math.max(done, ticks(System.nanoTime()));
            }
            long due = ticks(System.nanoTime() + delay.toNanos() + tickNanos - 1);
            link(timer, Math.max(due, done + 1));
            start = !beating;
            beating = true;
        }
        if (start) {
            beat();
        }
    }

    /** Cancels a timer. One that is about to run on the loop may still run. */
    public synchronized void cancel(Timer timer) {
        unlink(timer);
    }

    private void beat() {
        loop.schedule(this::turn, tickNanos, TimeUnit.NANOSECONDS);
    }

    private void turn() {
        boolean more;
        synchronized (this) {
            long now = ticks(System.nanoTime());
            for (long tick = Math.max(done + 1, now - SLOTS + 1); tick <= now; tick++) {
                collect(slots[slot(tick)], now);
            }
            done = Math.max(done, now);
        }
        running.forEach(TimerWheel::run);
        running.clear();
        synchronized (this) {
            more = count > 0;
            beating = more;
        }
        if (more) {
            beat();
        }
    }

    private void collect(@Nullable Timer first, long now) {
        for (Timer timer = first; timer != null; ) {
            Timer following = timer.next;
            if (timer.due <= now) {
                unlink(timer);
                running.add(timer);
            }
            timer = following;
        }
    }

    private static void run(Timer timer) {
        try {
            timer.onTime();
        } catch (RuntimeException e) {
            log.error("A timer failed", e);
        }
    }

    private void link(Timer timer, long due) {
        int slot = slot(due);
        Timer first = slots[slot];
        timer.due = due;
        timer.planned = true;
        timer.next = first;
        if (first != null) {
            first.previous = timer;
        }
        slots[slot] = timer;
        count++;
    }

    private void unlink(Timer timer) {
        if (!timer.planned) {
            return;
        }
        Timer before = timer.previous;
        Timer after = timer.next;
        if (before == null) {
            slots[slot(timer.due)] = after;
        } else {
            before.next = after;
        }
        if (after != null) {
            after.previous = before;
        }
        timer.previous = null;
        timer.next = null;
        timer.planned = false;
        count--;
    }

    private long ticks(long nanoTime) {
        return (nanoTime - began) / tickNanos;
    }

    private static int slot(long tick) {
        return (int) (tick & (SLOTS - 1));
    }
}
