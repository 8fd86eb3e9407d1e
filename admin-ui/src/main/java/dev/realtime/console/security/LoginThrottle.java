package dev.realtime.console.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Makes guessing passwords slow. After {@value #FREE_FAILURES} failures, of a user's name or of an address, the next
 * attempt must wait: 1 s, then 2 s, 4 s, … up to 5 minutes. An hour without an attempt, and it is forgotten.
 *
 * <p>An attempt counts as a failure from its beginning until it has succeeded, so that attempts at the same time are no
 * way around this. Who succeeds clears his name, but of the address takes back this one attempt only: else one's own
 * password would make room for guessing at another's.
 */
final class LoginThrottle {

    static final int FREE_FAILURES = 5;
    static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    static final Duration MEMORY = Duration.ofHours(1);

    private static final int LONGEST_NAME = 100;

    private final InstantSource clock;
    private final FailureCounts names;
    private final FailureCounts addresses;

    /** @param capacity how many names, and how many addresses, are remembered; the ones not seen for longest go */
    LoginThrottle(InstantSource clock, int capacity) {
        this.clock = clock;
        this.names = new FailureCounts(capacity);
        this.addresses = new FailureCounts(capacity);
    }

    /**
     * Begins an attempt, unless it must wait; one that must wait changes nothing.
     *
     * @return whether the password may be looked at
     */
    synchronized boolean begin(String name, String address) {
        Instant now = clock.instant();
        String nameKey = nameKey(name);
        String addressKey = AddressKey.of(address);
        if (names.mustWait(nameKey, now) || addresses.mustWait(addressKey, now)) {
            return false;
        }
        names.add(nameKey, now);
        addresses.add(addressKey, now);
        return true;
    }

    /** The attempt that has begun has succeeded. */
    synchronized void succeeded(String name, String address) {
        names.forget(nameKey(name));
        addresses.takeBack(AddressKey.of(address));
    }

    /** How many names or addresses are remembered, whichever are more. */
    synchronized int size() {
        return Math.max(names.size(), addresses.size());
    }

    /** No user has so long a name; so all of those are one, and cost no more memory. */
    private static String nameKey(String name) {
        return name.length() > LONGEST_NAME ? "" : name;
    }

    /** How long to wait after so many failures. */
    static Duration waitAfter(int failures) {
        if (failures < FREE_FAILURES) {
            return Duration.ZERO;
        }
        Duration wait = Duration.ofSeconds(1L << Math.min(failures - FREE_FAILURES, 20));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
