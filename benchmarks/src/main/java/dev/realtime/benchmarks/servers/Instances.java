package dev.realtime.benchmarks.servers;

import dev.realtime.benchmarks.measure.Costs;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The programs of a server, and the garbage collection of their heaps. */
record Instances(
        Side side,
        List<Integer> ports,
        List<Program> programs,
        @Nullable Redis redis,
        Heap heap) implements Server {

    /** Collects an instance's garbage. */
    interface Heap {

        /** Collects garbage; returns the bytes then in use, or -1 without a heap. */
        long collect(Program program, int port);
    }

    @Override
    public List<Long> pids() {
        return programs.stream().map(Program::pid).toList();
    }

    @Override
    public Costs costs() {
        return Costs.of(pids());
    }

    @Override
    public OptionalLong collect() {
        long used = 0;
        for (int i = 0; i < programs.size(); i++) {
            used += heap.collect(programs.get(i), ports.get(i));
        }
        return used < 0 ? OptionalLong.empty() : OptionalLong.of(used);
    }

    @Override
    public void close() {
        programs.forEach(Program::close);
        if (redis != null) {
            redis.close();
        }
    }
}
