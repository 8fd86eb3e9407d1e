package dev.realtime.socketio.engine.session;

import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The upgrade of a session from polling to WebSocket (protocol, section "Upgrade"): one candidate at a time is probed,
 * then becomes the current transport. While there is a probed candidate, every poll is answered at once, because the
 * client stops polling only after the response to its last poll.
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

    /** Whether a WebSocket may begin an upgrade: the session polls and has no other candidate. */
    private boolean mayBegin() {
        Transport current = session.transport();
        return !done && candidate == null && current != null && current.isUpgradable();
    }

    /** Begins with a candidate; false if the session cannot be upgraded or has a candidate already. */
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

    /** The client completes the upgrade: the candidate becomes the transport. */
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

    /** A candidate closed; the session continues polling. */
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
