package dev.realtime.console.live;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often something happened in the last minute, second by second. At most {@value #MOST} different things are counted;
 * then the one that was quiet for the longest is forgotten. Not thread-safe.
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

    /** In the order of the last use. */
    private final Map<K, Ring> rings = new LinkedHashMap<>(16, 0.75f, true);

    private final Ring all = new Ring();

    void add(K key, Instant now) {
        long second = now.getEpochSecond();
        Ring ring = rings.computeIfAbsent(key, unused -> new Ring());
        ring.moveTo(second);
        ring.counts[(int) (second % SECONDS)]++;
        all.moveTo(second);
        all.counts[(int) (second % SECONDS)]++;
        if (rings.size() > MOST) {
            rings.remove(rings.keySet().iterator().next());
        }
    }

    /** How much there was in the last second that is over. */
    int lastSecond(Instant now) {
        all.moveTo(now.getEpochSecond());
        return all.counts[(int) ((now.getEpochSecond() - 1) % SECONDS)];
    }

    /** How much there was of each in the last minute; what was quiet is not there. */
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
