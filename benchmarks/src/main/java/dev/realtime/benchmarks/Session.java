package dev.realtime.benchmarks;

import dev.realtime.benchmarks.load.Generator;
import dev.realtime.benchmarks.load.Outcome;
import dev.realtime.benchmarks.load.Traffic;
import dev.realtime.benchmarks.measure.Costs;
import dev.realtime.benchmarks.measure.Measure;
import dev.realtime.benchmarks.scenario.Scenario;
import dev.realtime.benchmarks.servers.Recording;
import dev.realtime.benchmarks.servers.Server;
import dev.realtime.benchmarks.servers.Side;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Starts a server, warms it up, and measures one scenario after the other. */
final class Session implements AutoCloseable {

    private static final int WARM_POSTS = 30_000;
    private static final Duration WARM_BROADCASTS = Duration.ofSeconds(60);
    /** The largest divisor of the warm-up: after a shorter one, a run would measure the compiler. */
    private static final int QUICK_WARM = 4;

    private static final int WARM_SOCKETS = 1_000;
    private static final double WARM_RATE = 40;
    private static final int OUTSTANDING = 16;
    private static final String JOINED = "order:1";
    private static final double MILLION = 1e6;

    private final Server server;
    private final Generator generator;
    private final int quick;
    private final @Nullable Recording recording;

    /** @param recording the flight recording of measurements; null for none */
    Session(Server server, int quick, @Nullable Recording recording) {
        this.server = server;
        this.recording = recording;
        this.quick = quick;
        this.generator =
                new Generator(server.side().dialect(), server.ports(), Server.JWT_SECRET, Server.WEBHOOK_TOKEN);
    }

    /** The same for all sides, although servers without a JIT compiler need less. */
    void warm() {
        int less = Math.min(quick, QUICK_WARM) * (server.side() == Side.NCHAN ? 10 : 1);
        generator.seat(1);
        generator.run(Traffic.posts(WARM_POSTS / less, OUTSTANDING));
        generator.open(WARM_SOCKETS);
        generator.run(new Traffic(WARM_RATE, 0, 1, WARM_BROADCASTS.dividedBy(less), Integer.MAX_VALUE));
        generator.seat(1);
        settle();
    }

    Map<Measure, Double> measure(Scenario scenario) {
        Map<Measure, Double> measured = switch (scenario.kind()) {
            case BROADCAST -> broadcast(scenario);
            case CONNECT -> connect(scenario);
            case IDLE -> idle(scenario);
            case POSTS -> posts(scenario);
        };
        generator.seat(1);
        settle();
        return measured;
    }

    private Map<Measure, Double> broadcast(Scenario scenario) {
        generator.seat(scenario.rooms());
        generator.open(scenario.sockets());
        settle();
        // Lets the server warm up for this scenario before measuring.
        generator.run(traffic(scenario, Duration.ofSeconds(Math.max(1, 3 / quick))));
        long before = begin();
        Outcome outcome = generator.run(traffic(scenario, time(scenario)));
        double cpu = end(scenario, before);
        Map<Measure, Double> measured = counted(outcome);
        measured.put(Measure.CPU_PER_DELIVERY, cpu / outcome.delivered());
        measured.put(Measure.DELIVERIES_PER_SECOND, outcome.delivered() / seconds(outcome.took()));
        measured.put(Measure.P50, outcome.latencies().getValueAtPercentile(50) / MILLION);
        measured.put(Measure.P99, outcome.latencies().getValueAtPercentile(99) / MILLION);
        measured.put(Measure.SLOWEST, outcome.latencies().getMaxValue() / MILLION);
        measured.put(Measure.CORE_PERCENT, 100 * cpu / MILLION / seconds(outcome.took()));
        return measured;
    }

    private Map<Measure, Double> posts(Scenario scenario) {
        generator.seat(1);
        long before = begin();
        Outcome outcome = generator.run(traffic(scenario, time(scenario)));
        double cpu = end(scenario, before);
        Map<Measure, Double> measured = counted(outcome);
        measured.put(Measure.CPU_PER_POST, cpu / outcome.posted());
        measured.put(Measure.POSTS_PER_SECOND, outcome.posted() / seconds(outcome.took()));
        measured.put(Measure.ANSWER_P99, outcome.answers().getValueAtPercentile(99) / MILLION);
        return measured;
    }

    private Map<Measure, Double> connect(Scenario scenario) {
        generator.seat(1);
        // As many as are measured: the warm-up does not include this path.
        generator.prepare(scenario.sockets() / quick, JOINED).run();
        generator.seat(1);
        settle();
        Runnable open = generator.prepare(scenario.sockets(), JOINED);
        long before = begin();
        long began = System.nanoTime();
        open.run();
        double took = seconds(Duration.ofNanos(System.nanoTime() - began));
        // The server's work after the disconnects is part of their cost.
        settle();
        double cpu = end(scenario, before);
        Map<Measure, Double> measured = new EnumMap<>(Measure.class);
        measured.put(Measure.CPU_PER_CONNECTION, cpu / scenario.sockets());
        measured.put(Measure.CONNECTIONS_PER_SECOND, scenario.sockets() / took);
        return measured;
    }

    private Map<Measure, Double> idle(Scenario scenario) {
        generator.seat(1);
        generator.open(scenario.firstSockets());
        settle();
        OptionalLong heapBefore = server.collect();
        long before = server.costs().residentBytes();
        generator.open(scenario.sockets() - scenario.firstSockets());
        settle();
        sleep(Duration.ofSeconds(scenario.quietSeconds()).dividedBy(quick));
        OptionalLong heap = server.collect();
        Costs quiet = server.costs();
        sleep(time(scenario));
        double cpu = server.costs().cpuMicros() - quiet.cpuMicros();
        int alive = generator.alive();
        if (alive != scenario.sockets()) {
            throw new IllegalStateException((scenario.sockets() - alive) + " idle sockets were closed");
        }
        double more = scenario.sockets() - scenario.firstSockets();
        Map<Measure, Double> measured = new EnumMap<>(Measure.class);
        measured.put(Measure.KB_PER_SOCKET, (quiet.residentBytes() - before) / 1024 / more);
        if (heap.isPresent() && heapBefore.isPresent()) {
            measured.put(Measure.HEAP_KB_PER_SOCKET, (heap.getAsLong() - heapBefore.getAsLong()) / 1024 / more);
        }
        measured.put(Measure.RSS, quiet.residentBytes() / 1024.0 / 1024);
        measured.put(Measure.CORE_PERCENT, 100 * cpu / MILLION / seconds(time(scenario)));
        return measured;
    }

    /** Starts a measurement; returns the server's CPU time so far, in microseconds. */
    private long begin() {
        if (recording != null) {
            recording.start(server);
        }
        return server.costs().cpuMicros();
    }

    /** Ends a measurement; returns the server's CPU time since the start. */
    private double end(Scenario scenario, long before) {
        double cpu = server.costs().cpuMicros() - before;
        if (recording != null) {
            recording.stop(server, scenario.name());
        }
        return cpu;
    }

    private static Map<Measure, Double> counted(Outcome outcome) {
        Map<Measure, Double> measured = new EnumMap<>(Measure.class);
        measured.put(Measure.DELIVERED, (double) outcome.delivered());
        measured.put(Measure.LOST, (double) outcome.lost());
        measured.put(Measure.DOUBLED, (double) outcome.doubled());
        measured.put(Measure.MISORDERED, (double) outcome.misordered());
        measured.put(Measure.REFUSED, (double) outcome.refused());
        return measured;
    }

    private static Traffic traffic(Scenario scenario, Duration time) {
        return new Traffic(scenario.rate(), scenario.outstanding(), scenario.roomsPerEvent(), time, Integer.MAX_VALUE);
    }

    private Duration time(Scenario scenario) {
        return Duration.ofSeconds(scenario.seconds()).dividedBy(quick);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** Long enough for users to go offline and for closed sessions to be dropped. */
    private void settle() {
        sleep(Duration.ofSeconds(quick > 1 ? 1 : 6));
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        generator.close();
        server.close();
    }
}
