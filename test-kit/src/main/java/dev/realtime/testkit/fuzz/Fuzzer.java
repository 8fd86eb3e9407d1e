package dev.realtime.testkit.fuzz;

import com.sun.management.ThreadMXBean;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Runs a target within its budget and stops at the first input for which something does not hold. */
public final class Fuzzer {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MAX_CORPUS = 2_000;
    private static final int SEEDS = 64;
    private static final int UNWATCHED = 4;
    private static final Path REPORTS = Path.of("target", "fuzz");

    private final Target target;
    private final long seed = Long.getLong("fuzz.seed", System.nanoTime());
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    private final Mutator mutator = new Mutator(random);
    private final List<byte[]> corpus = new ArrayList<>();
    private final Set<String> outcomes = new TreeSet<>();

    private Fuzzer(Target target) {
        this.target = target;
    }

    /** Fuzzes a target, or gives it the one input to be seen again. */
    public static void fuzz(Target target) {
        Fuzzer fuzzer = new Fuzzer(target);
        String replay = System.getProperty("fuzz.replay");
        if (replay == null) {
            fuzzer.run();
        } else if (target.name().equals(System.getProperty("fuzz.target"))) {
            fuzzer.check(HexFormat.of().parseHex(replay));
        }
    }

    private void run() {
        long wanted = Long.getLong("fuzz.inputs", 0);
        long nanos = (long) (Double.parseDouble(System.getProperty("fuzz.seconds", "3.4")) * 1e9);
        long start = System.nanoTime();
        long inputs = 0;
        for (; inputs < SEEDS; inputs++) {
            byte[] input = target.generate(random);
            corpus.add(input);
            outcomes.add(check(input));
        }
        while (wanted > 0 ? inputs < wanted : System.nanoTime() - start < nanos) {
            byte[] input = next();
            if (outcomes.add(check(input)) && corpus.size() < MAX_CORPUS) {
                corpus.add(input);
            }
            inputs++;
        }
        report(inputs, System.nanoTime() - start);
    }

    private byte[] next() {
        byte[] base = random.nextInt(3) == 0 ? target.generate(random) : any();
        return random.nextInt(8) == 0 ? base : mutator.mutate(base, any());
    }

    private byte[] any() {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private String check(byte[] input) {
        try {
            return measured(input);
        } catch (Throwable defect) {
            String smaller = HexFormat.of().formatHex(shrink(input, defect.getClass()));
            throw new AssertionError(
                    "%s, seed %d: %s%nSee it again with -Dtest=FuzzTest -Dfuzz.target=%s -Dfuzz.replay=%s"
                            .formatted(target.name(), seed, defect, target.name(), smaller),
                    defect);
        }
    }

    private String measured(byte[] input) throws Exception {
        long allowed = target.bytesAtLeast() + (long) target.bytesPerByte() * input.length;
        Taken taken = take(input);
        for (int again = 0; taken.cost > allowed && again < UNWATCHED; again++) {
            taken = takeUnwatched(input);
        }
        if (taken.cost > allowed) {
            throw new IllegalStateException(input.length + " bytes cost " + taken.cost + " bytes of memory");
        }
        taken.outcome.prove();
        return taken.outcome.kind();
    }

    /** What became of an input, and how many bytes of memory it cost. */
    private record Taken(Target.Outcome outcome, long cost) {}

    private Taken take(byte[] input) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Target.Outcome outcome = target.take(input);
        return new Taken(outcome, THREADS.getCurrentThreadAllocatedBytes() - before);
    }

    /**
     * Once more, at the code's own cost. The leak detector notes who touched each buffer: a pong of a few bytes costs tens
     * of thousands by that, the more the deeper the stack. Without it there are other classes to load, so that the first
     * time without it says little either; what the input itself costs, it costs every time.
     */
    private Taken takeUnwatched(byte[] input) throws Exception {
        ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        try {
            return take(input);
        } finally {
            ResourceLeakDetector.setLevel(level);
        }
    }

    /** Leaves out what the defect does not need. */
    private byte[] shrink(byte[] input, Class<?> defect) {
        byte[] smallest = input;
        for (int piece = Math.max(1, input.length / 2); piece > 0; piece /= 2) {
            for (int at = 0; at + piece <= smallest.length; ) {
                byte[] without = Bytes.replace(smallest, at, piece, new byte[0]);
                if (fails(without, defect)) {
                    smallest = without;
                } else {
                    at += piece;
                }
            }
        }
        return smallest;
    }

    private boolean fails(byte[] input, Class<?> defect) {
        try {
            measured(input);
            return false;
        } catch (Throwable again) {
            return again.getClass() == defect;
        }
    }

    private void report(long inputs, long nanos) {
        String line = String.format(
                Locale.ROOT,
                "%-16s %,12d inputs %8.1f s %6d distinct outcomes   seed %d%n",
                target.name(),
                inputs,
                nanos / 1e9,
                outcomes.size(),
                seed);
        try {
            Files.createDirectories(REPORTS);
            Files.writeString(REPORTS.resolve(target.name() + ".txt"), line);
            Files.write(REPORTS.resolve(target.name() + ".outcomes"), outcomes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
