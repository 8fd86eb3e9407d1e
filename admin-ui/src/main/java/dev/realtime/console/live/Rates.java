package dev.realtime.console.live;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts occurrences by key over the last minute, second by second. Counts at most {@value #MOST} keys and then drops
 * the one that has been quiet for longest. Not thread-safe.
 */
final class Rates<K> {

    private static final int SECONDS = 60;
    private static final int MOST = 20_000;

    private static final class Ring {

        private final int[] counts = new int[SECONDS];
        private long second;

        void moveTo(long now) {
            if (now - second >= SECONDS) {
                java.util.Arrays.fill(counts, 0);
                second = now;
            }
            while (second < now) {
                counts[(int) (++second % SECONDS)] = 0;
            }
        }

        int sum() {
            return java.util.Arrays.stream(counts).sum();
        }
    }

    /** In order of the last use. */
    private final Map<K, Ring> rings = new LinkedHashMap<>(16, 0.75f, true);

    private final Ring all = new Ring();

    void add(K key, Instant now) {
        long second = now.getEpochSecond();
        if (second <= all.second - SECONDS) {
            // Too long ago for the last minute.
            return;
        }
        Ring ring = rings.computeIfAbsent(key, unused -> new Ring());
        if (second <= ring.second - SECONDS) {
            return;
        }
        ring.moveTo(second);
        ring.counts[(int) (second % SECONDS)]++;
        all.moveTo(second);
        all.counts[(int) (second % SECONDS)]++;
        if (rings.size() > MOST) {
            rings.remove(rings.keySet().iterator().next());
        }
    }

    /** The number of occurrences in the last full second. */
    int lastSecond(Instant now) {
        all.moveTo(now.getEpochSecond());
        return all.counts[(int) ((now.getEpochSecond() - 1) % SECONDS)];
    }

    /** The number of occurrences of each key in the last minute, without zeros. */
    Map<K, Integer> lastMinute(Instant now) {
        rings.values().removeIf(ring -> {
            ring.moveTo(now.getEpochSecond());
            return ring.sum() == 0;
        });
        Map<K, Integer> sums = new HashMap<>();
        rings.forEach((key, ring) -> sums.put(key, ring.sum()));
        return sums;
    }
}
