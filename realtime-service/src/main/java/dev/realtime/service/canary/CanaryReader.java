package dev.realtime.service.canary;

import dev.realtime.contracts.StreamHeaders;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.fanout.FanOut;
import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.PacketQueue;
import io.netty.channel.EventLoopGroup;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.springframework.messaging.MessageHeaders;
import org.springframework.stereotype.Component;

/**
 * Takes canaries from the stream. This instance's own canary goes through the fan-out to a queue of its own, on each of
 * the sockets' event loops in turn. A canary of another instance only shows that the stream is read here.
 */
@Component
public final class CanaryReader {

    private final Canaries canaries;
    private final FanOut fanOut;
    private final EventLoopGroup loops;
    private final String self;

    CanaryReader(Canaries canaries, FanOut fanOut, EventLoopGroup loops, InstanceName self) {
        this.canaries = canaries;
        this.fanOut = fanOut;
        this.loops = loops;
        this.self = self.value();
    }

    /** Whether a record of the stream is a canary, of any instance. */
    public static boolean isCanary(Map<String, Object> headers) {
        return StreamHeaders.CANARY.equals(headers.get(StreamHeaders.EVENT));
    }

    /** Takes a canary; ignores what is not a canary of this instance. Runs on the thread that reads the stream. */
    public void take(MessageHeaders headers, byte[] payload) {
        if (!self.equals(headers.get(StreamHeaders.INSTANCE))) {
            canaries.readAnothers(System.nanoTime());
            return;
        }
        long number = number(payload);
        if (!canaries.read(number, System.nanoTime())) {
            return;
        }
        fanOut.deliverTo(
                new Loopback(loops.next(), number, back -> canaries.back(back, System.nanoTime())),
                StreamHeaders.CANARY,
                payload);
    }

    private static long number(byte[] payload) {
        try {
            return Long.parseLong(new String(payload, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            // Not ours: another publisher used this instance's name.
            return -1;
        }
    }

    /** Stands in for a socket's queue: takes one packet and writes it to nobody. */
    private record Loopback(Executor loop, long number, LongConsumer onWrite) implements PacketQueue {

        @Override
        public Executor offer(EncodedPacket packet) {
            return loop;
        }

        @Override
        public void drain() {
            onWrite.accept(number);
        }

        @Override
        public long queuedBytes() {
            return 0;
        }
    }
}
