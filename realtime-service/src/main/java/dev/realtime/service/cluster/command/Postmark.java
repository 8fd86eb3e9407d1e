package dev.realtime.service.cluster.command;

import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.command.DroppedException.Reason;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Accepts a letter once, and only while it is fresh by Redis' clock. Bounded: of the ids of the last minute it keeps
 * {@link #MOST}, and accepts no more letters than that. Used by one thread.
 */
final class Postmark {

    /** How far from now a letter's time may be: its age, and what the instances' estimates of Redis' time differ by. */
    static final Duration GOOD_FOR = Duration.ofSeconds(30);

    static final int MOST = 10_000;

    private final ClusterClock clock;
    /** By id, the time until which it must not be accepted again; in the order of arrival. */
    private final Map<String, Long> accepted = new LinkedHashMap<>();

    Postmark(ClusterClock clock) {
        this.clock = clock;
    }

    /** Accepts it. */
    void accept(Letter letter) throws DroppedException {
        long now = clock.millis();
        if (Math.abs(now - letter.time()) > GOOD_FOR.toMillis()) {
            throw new DroppedException(Reason.STALE);
        }
        if (accepted.containsKey(letter.id())) {
            throw new DroppedException(Reason.REPLAYED);
        }
        forgetBefore(now);
        if (accepted.size() >= MOST) {
            throw new DroppedException(Reason.OVERLOAD);
        }
        // Each id is kept for as long as the latest letter of now is good, so that the oldest are first.
        accepted.put(letter.id(), now + 2 * GOOD_FOR.toMillis());
    }

    private void forgetBefore(long now) {
        Iterator<Long> ends = accepted.values().iterator();
        while (ends.hasNext() && ends.next() < now) {
            ends.remove();
        }
    }
}
