package dev.realtime.socketio.protocol;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Encodes an event from the stream as the frame that is written to all sockets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EncodeBenchmark {

    /** Bytes of the payload. */
    @Param({"450", "16000"})
    public int size;

    private byte[] payload = {};

    @Setup
    public void fill() {
        payload = ("{\"id\":1,\"text\":\"" + "x".repeat(size - 18) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public int encode() {
        EncodedPacket packet = EncodedPacket.event("order:new", payload);
        int length = packet.size();
        packet.release();
        return length;
    }
}
