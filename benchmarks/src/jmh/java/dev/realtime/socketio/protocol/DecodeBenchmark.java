package dev.realtime.socketio.protocol;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Decodes a client's packets: CONNECT with a token, and an event with an acknowledgement. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecodeBenchmark {

    private final byte[] connect = bytes("0{\"token\":\"" + "e".repeat(300) + "\"}");
    private final byte[] join = bytes("217[\"join-room\",{\"room\":\"city:Саратов\"}]");
    private final PacketDecoder decoder = new PacketDecoder(
            new PacketDecoder.Bounds(16 * 1024, 1_000, 10, 1_000_000), (_, _) -> false);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public @Nullable Object connect() throws ProtocolException {
        return decoder.onText(connect);
    }

    @Benchmark
    public @Nullable Object joinRoom() throws ProtocolException {
        return decoder.onText(join);
    }
}
