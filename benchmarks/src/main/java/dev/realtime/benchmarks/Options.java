package dev.realtime.benchmarks;

import dev.realtime.benchmarks.measure.PairedRatio;
import dev.realtime.benchmarks.servers.Recording;
import dev.realtime.benchmarks.servers.Side;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line's options.
 *
 * @param quick the divisor of all durations; 1 for a valid run
 * @param only the names of scenarios; empty for all
 * @param flags further flags for the service's JVM
 * @param baseline an older jar of the service, extracted by the script; null for none
 * @param cached whether the service's JVMs use their AOT caches
 * @param recording the flight recording of the service during measurements; null for none
 * @param write whether a report is written
 */
record Options(
        Path root,
        int quick,
        int rounds,
        Set<String> only,
        Set<Side> sides,
        List<String> flags,
        @Nullable Path baseline,
        boolean cached,
        @Nullable Recording recording,
        boolean write) {

    private static final int QUICK = 12;
    private static final int ROUNDS = 3;

    static Options parse(List<String> words) {
        Path root = Path.of("").toAbsolutePath();
        int quick = 1;
        int rounds = 0;
        Set<String> only = Set.of();
        Set<Side> sides = EnumSet.complementOf(EnumSet.of(Side.BASELINE));
        Path baseline = null;
        boolean cached = true;
        List<String> flags = List.of();
        boolean write = true;
        Recording recording = null;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            switch (word) {
                case "--quick" -> quick = QUICK;
                case "--no-report" -> write = false;
                case "--root" -> root = Path.of(value(words, ++i));
                case "--rounds" -> rounds = Integer.parseInt(value(words, ++i));
                case "--only" -> only = new LinkedHashSet<>(list(value(words, ++i)));
                case "--baseline" -> baseline = Path.of(value(words, ++i));
                case "--no-cache" -> cached = false;
                case "--jvm-flags" -> flags = List.of(value(words, ++i).split(" "));
                case "--record" -> {
                    Path folder = Path.of(value(words, ++i));
                    recording = new Recording(Path.of(value(words, ++i)), folder);
                }
                case "--peers" -> {
                    sides = EnumSet.of(Side.OURS);
                    for (String label : list(value(words, ++i))) {
                        sides.add(Side.of(label));
                    }
                    // The older jar becomes a side through --baseline only, which names its path.
                    sides.remove(Side.BASELINE);
                }
                default -> throw new IllegalArgumentException("Unknown argument \"" + word + "\"");
            }
        }
        if (baseline != null) {
            sides.add(Side.BASELINE);
        }
        if (rounds == 0) {
            rounds = baseline != null ? PairedRatio.LEAST_PAIRS : quick > 1 ? 1 : ROUNDS;
        }
        if (baseline != null && rounds < PairedRatio.LEAST_PAIRS) {
            throw new IllegalArgumentException(
                    "--baseline needs --rounds of at least " + PairedRatio.LEAST_PAIRS + ", not " + rounds);
        }
        return new Options(root, quick, rounds, only, sides, flags, baseline, cached, recording, write);
    }

    /** The sides in the order of a round; the older and the new jar take turns to be first. */
    List<Side> sidesOf(int round) {
        List<Side> order = new ArrayList<>(sides);
        if (baseline != null && round % 2 == 1) {
            Collections.swap(order, order.indexOf(Side.OURS), order.indexOf(Side.BASELINE));
        }
        return order;
    }

    private static String value(List<String> words, int at) {
        if (at >= words.size()) {
            throw new IllegalArgumentException(words.getLast() + " needs a value");
        }
        return words.get(at);
    }

    private static List<String> list(String words) {
        return words.isBlank() || words.equals("none") ? List.of() : List.of(words.split(","));
    }
}
