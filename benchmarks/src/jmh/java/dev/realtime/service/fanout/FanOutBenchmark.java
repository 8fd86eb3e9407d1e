package dev.realtime.service.fanout;

import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.PacketQueue;
import dev.realtime.contracts.Room;
import dev.realtime.service.payload.KnownMembers;
import dev.realtime.service.identity.Identity;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost per member of one event to 1,000 members: lookup, queueing, waking; without the network. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FanOutBenchmark {

    private static final int MEMBERS = 1_000;

    /** Number of the event's rooms that every member is in. */
    @Param({"1", "2"})
    public int rooms;

    private final RoomIndex index = new RoomIndex(_ -> {});
    private final FanOut fanOut = new FanOut(index, () -> "k3x9ab", new Untold(), new SimpleMeterRegistry());
    private final byte[] payload =
            ("{\"id\":1,\"text\":\"" + "x".repeat(430) + "\"}").getBytes(StandardCharsets.UTF_8);
    private List<Room> to = List.of();
    private long number;

    @Setup
    public void fill() {
        to = List.of(Room.OPERATORS, Room.city("Саратов")).subList(0, rooms);
        for (int i = 0; i < MEMBERS; i++) {
            Member member = index.enter(new Taker(Integer.toString(i)));
            to.forEach(room -> member.join(room, 10));
        }
    }

    @Benchmark
    @OperationsPerInvocation(MEMBERS)
    public int deliver() {
        StreamId id = new StreamId(1_796_000_000_000L, ++number);
        return fanOut.deliver(new PositionedEvent(id, "order:new", payload, to));
    }

    /** Where nothing is remembered. */
    private static final class Untold implements EventTrail {

        @Override
        public void append(PositionedEvent event, KnownMembers members) {
            // The ring is measured with the whole service.
        }

        @Override
        public void pass(StreamId id) {
            // The same.
        }

        @Override
        public void restart(StreamId after) {
            // The same.
        }
    }

    /** A socket that takes a reference and gives it back when it is drained. */
    private static final class Taker implements Subscriber, PacketQueue {

        private static final Executor LOOP = Runnable::run;

        private final String id;
        private final Identity identity;
        private @Nullable EncodedPacket waiting;

        Taker(String id) {
            this.id = id;
            this.identity = new Identity(id, "operator", null, null, List.of(), null);
        }

        @Override
        public String socketId() {
            return id;
        }

        @Override
        public Identity identity() {
            return identity;
        }

        @Override
        public ClientInfo client() {
            return new ClientInfo("127.0.0.1", 4, null);
        }

        @Override
        public boolean wantsPositions() {
            return true;
        }

        @Override
        public String transport() {
            return "websocket";
        }

        @Override
        public PacketQueue queue() {
            return this;
        }

        @Override
        public Executor offer(EncodedPacket packet) {
            waiting = packet.retain();
            return LOOP;
        }

        @Override
        public long queuedBytes() {
            return 0;
        }

        @Override
        public void drain() {
            EncodedPacket packet = waiting;
            if (packet != null) {
                packet.release();
            }
        }
    }
}
