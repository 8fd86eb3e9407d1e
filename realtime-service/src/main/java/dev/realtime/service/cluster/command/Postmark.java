package dev.realtime.service.cluster.command;

import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.command.DroppedException.Reason;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Accepts each letter once, and only while it is fresh by Redis' clock. Bounded: it keeps at most {@link #MOST} ids of
 * the last minute, and accepts no more letters than that. For use by one thread.
 */
final class Postmark {

    /**
     * How far a letter's time may be from now: covers its age and the difference between the instances' estimates of
     * Redis' time.
     */
    static final Duration GOOD_FOR = Duration.ofSeconds(30);

    static final int MOST = 10_000;

    private final ClusterClock clock;
    /** By id, the time until which a letter must not be accepted again; in order of arrival. */
    private final Map<String, Long> accepted = new LinkedHashMap<>();

    Postmark(ClusterClock clock) {
        this.clock = clock;
    }

    /** Accepts the letter. */
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
        // Each id is kept while the newest possible letter is fresh, so the oldest ids come first.
        accepted.put(letter.id(), now + 2 * GOOD_FOR.toMillis());
    }

    private void forgetBefore(long now) {
        Iterator<Long> ends = accepted.values().iterator();
        while (ends.hasNext() && ends.next() < now) {
            ends.remove();
        }
    }
}
