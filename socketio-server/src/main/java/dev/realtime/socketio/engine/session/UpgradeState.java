package dev.realtime.socketio.engine.session;

import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way of a session from polling to WebSocket (protocol, section "Upgrade"): one candidate at a time, probed, then
 * made the current transport. While a probed candidate is there, every poll is answered at once, since the client ends
 * its polling only after the answer to its last poll.
 */
public final class UpgradeState {

    private final EngineSession session;
    private final Duration timeout;

    private @Nullable Transport candidate;
    private @Nullable ScheduledFuture<?> timer;
    private boolean probed;
    private boolean done;

    UpgradeState(EngineSession session, Duration timeout) {
        this.session = session;
        this.timeout = timeout;
    }

    /** Whether a WebSocket may try to take this session over: one that polls and has no other candidate. */
    private boolean mayBegin() {
        Transport current = session.transport();
        return !done && candidate == null && current != null && current.isUpgradable();
    }

    /** Takes a candidate; false when there is one already. */
    public synchronized boolean begin(Transport next) {
        if (!mayBegin()) {
            return false;
        }
        candidate = next;
        probed = false;
        timer = next.loop().schedule(next::abort, timeout.toMillis(), TimeUnit.MILLISECONDS);
        return true;
    }

    /** The candidate sent its probe: polls are answered at once from now on. */
    public void onProbe() {
        synchronized (this) {
            probed = true;
        }
        Transport current = session.transport();
        if (current != null) {
            current.release();
        }
    }

    public synchronized boolean isProbed() {
        return probed && candidate != null;
    }

    /** The client ends the upgrade: the candidate becomes the transport. */
    public boolean complete(Transport completed) {
        synchronized (this) {
            if (candidate != completed || !probed) {
                return false;
            }
            forget();
            done = true;
        }
        return session.switchTo(completed);
    }

    /** A candidate went away; the session goes on polling. */
    public synchronized void onCandidateClosed(Transport closed) {
        if (candidate == closed) {
            forget();
        }
    }

    void abort() {
        Transport aborted;
        synchronized (this) {
            aborted = candidate;
            forget();
        }
        if (aborted != null) {
            aborted.loop().execute(aborted::abort);
        }
    }

    private void forget() {
        candidate = null;
        probed = false;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
