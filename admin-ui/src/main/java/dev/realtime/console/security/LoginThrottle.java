package dev.realtime.console.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Slows down password guessing without letting strangers lock a user out.
 *
 * <ul>
 *   <li>Per name and address: after {@value #FREE_FAILURES} failures, the next attempt must wait 1 s, then 2 s, 4 s, … up to
 *       5 minutes. Failures are forgotten after an hour without an attempt. Failures from other addresses have no effect.
 *   <li>Per address, for all names: {@value #FREE_FAILURES_OF_ADDRESS} failures at once, and one more every 10 s. Names that
 *       have logged in from the address before are exempt.
 * </ul>
 *
 * <p>An attempt counts as a failure until it succeeds, so that concurrent attempts cannot bypass the limits. A success
 * clears the failures of the name at its address, but gives the address back only this one attempt: otherwise, logging
 * in with one's own password would allow more guesses at others'.
 *
 * <p>When full, drops the least recently used entries. Successful logins are kept separately, so that failures never
 * displace them.
 */
final class LoginThrottle {

    static final int FREE_FAILURES = 5;
    static final int FREE_FAILURES_OF_ADDRESS = 50;
    static final Duration ADDRESS_RECOVERS = Duration.ofSeconds(10);
    static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    static final Duration MEMORY = Duration.ofHours(1);

    private static final int LONGEST_NAME = 100;

    /** A name at an address. */
    private record Place(String name, String address) {

        /** No user has such a long name, so all such names share one entry and cost no further memory. */
        static Place of(String name, String address) {
            return new Place(name.length() > LONGEST_NAME ? "" : name, AddressKey.of(address));
        }
    }

    private record Failures(int count, Instant last) {}

    private final InstantSource clock;
    private final RecentlyUsed<Place, Failures> failures;
    private final RecentlyUsed<String, Failures> addresses;
    private final RecentlyUsed<Place, Boolean> successes;

    /** @param capacity the most entries per kind */
    LoginThrottle(InstantSource clock, int capacity) {
        this.clock = clock;
        this.failures = new RecentlyUsed<>(capacity);
        this.addresses = new RecentlyUsed<>(capacity);
        this.successes = new RecentlyUsed<>(capacity);
    }

    /**
     * Begins an attempt, unless it must wait; an attempt that must wait changes nothing.
     *
     * @return whether the password may be checked
     */
    synchronized boolean begin(String name, String address) {
        Instant now = clock.instant();
        Place place = Place.of(name, address);
        Failures own = remembered(place, now);
        Failures all = recovered(place.address, now);
        boolean wait = now.isBefore(own.last.plus(waitAfter(own.count)))
                || all.count >= FREE_FAILURES_OF_ADDRESS && !successes.containsKey(place);
        if (!wait) {
            failures.put(place, new Failures(own.count + 1, now));
            addresses.put(place.address, new Failures(all.count + 1, all.last));
        }
        return !wait;
    }

    /** Ends an attempt that succeeded. */
    synchronized void succeeded(String name, String address) {
        Place place = Place.of(name, address);
        failures.remove(place);
        addresses.computeIfPresent(place.address, (same, all) -> less(all));
        successes.put(place, true);
    }

    /** Ends an attempt whose password was not checked. */
    synchronized void givenUp(String name, String address) {
        Place place = Place.of(name, address);
        failures.computeIfPresent(place, (same, own) -> less(own));
        addresses.computeIfPresent(place.address, (same, all) -> less(all));
    }

    /** Whether this name has logged in from this address before. */
    synchronized boolean isKnown(String name, String address) {
        return successes.containsKey(Place.of(name, address));
    }

    /** The number of entries of the largest kind. */
    synchronized int size() {
        return Math.max(Math.max(failures.size(), addresses.size()), successes.size());
    }

    private Failures remembered(Place place, Instant now) {
        Failures known = failures.get(place);
        return known == null || now.isAfter(known.last.plus(MEMORY)) ? new Failures(0, Instant.MIN) : known;
    }

    /** The failures of an address without expired ones; {@code last} is when the last one expired. */
    private Failures recovered(String address, Instant now) {
        Failures known = addresses.get(address);
        if (known == null) {
            return new Failures(0, now);
        }
        long recovered = Duration.between(known.last, now).dividedBy(ADDRESS_RECOVERS);
        return recovered >= known.count
                ? new Failures(0, now)
                : new Failures(
                        (int) (known.count - recovered), known.last.plus(ADDRESS_RECOVERS.multipliedBy(recovered)));
    }

    private static Failures less(Failures known) {
        return new Failures(Math.max(0, known.count - 1), known.last);
    }

    /** How long to wait after this many failures. */
    static Duration waitAfter(int failures) {
        if (failures < FREE_FAILURES) {
            return Duration.ZERO;
        }
        Duration wait = Duration.ofSeconds(1L << Math.min(failures - FREE_FAILURES, 20));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
