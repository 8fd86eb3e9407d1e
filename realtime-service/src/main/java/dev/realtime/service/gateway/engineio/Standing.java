package dev.realtime.service.gateway.engineio;

import dev.realtime.service.gateway.budget.ConnectionBudget;
import dev.realtime.service.gateway.limits.ClientLimits;
import java.net.InetAddress;
import java.time.Duration;

/**
 * What a session's client may send and make us hold: little until it has an identity, and then what its user may.
 * Thread-safe.
 */
public final class Standing {

    private final ConnectionBudget budget;
    private final ClientLimits limits;
    private final InetAddress address;
    private volatile boolean identified;
    private int anonymousBytesLeft;
    private boolean counted;
    private boolean ended;

    /**
     * @param budget the session's own, which ends with it
     * @param anonymousBytes how many bytes may come before there is an identity
     */
    Standing(ConnectionBudget budget, ClientLimits limits, InetAddress address, int anonymousBytes) {
        this.budget = budget;
        this.limits = limits;
        this.address = address;
        this.anonymousBytesLeft = anonymousBytes;
    }

    /** What the client makes us hold. */
    public ConnectionBudget budget() {
        return budget;
    }

    public boolean isIdentified() {
        return identified;
    }

    /** The client has an identity. */
    public synchronized void identify(String userKey) {
        budget.identify(userKey);
        identified = true;
        leave();
    }

    /**
     * The client has had time enough to show an identity: it counts among the unidentified sessions of its address until
     * it does.
     *
     * @return false when the address has as many of them as it may
     */
    public synchronized boolean enterUnidentified() {
        if (!identified && !counted && !ended) {
            counted = limits.enterAddress(address);
            return counted;
        }
        return true;
    }

    /** How long that is. */
    public Duration unidentifiedAfter() {
        return limits.properties().unidentifiedAfter();
    }

    /** Counts bytes that came from the network; false when they are too many for a client without an identity. */
    boolean arrived(int bytes) {
        return identified || arrivedAnonymously(bytes);
    }

    private synchronized boolean arrivedAnonymously(int bytes) {
        anonymousBytesLeft = Math.max(-1, anonymousBytesLeft - bytes);
        return identified || anonymousBytesLeft >= 0;
    }

    /** Whether a body of this length may come. */
    synchronized boolean mayCome(long bytes) {
        return identified || bytes <= anonymousBytesLeft;
    }

    /** The session is over: gives everything back. */
    synchronized void end() {
        ended = true;
        leave();
        budget.close();
    }

    private void leave() {
        if (counted) {
            counted = false;
            limits.leaveAddress(address);
        }
    }
}
