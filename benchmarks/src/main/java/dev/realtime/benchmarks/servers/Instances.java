package dev.realtime.benchmarks.servers;

import dev.realtime.benchmarks.measure.Costs;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A server as its programs, and how their heaps are collected. */
record Instances(
        Side side,
        List<Integer> ports,
        List<Program> programs,
        @Nullable Redis redis,
        Heap heap) implements Server {

    /** How an instance's garbage is collected. */
    interface Heap {

        /** Collects; the bytes in use then, or -1 where there is no such heap. */
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
