package dev.realtime.stream.binder.redis.wire;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reply of Redis as it was sent: a list, {@code byte[]}, a {@code Long}, {@code Double} or {@code Boolean}, or null for
 * nil. A map of RESP3 becomes a list of alternating keys and values.
 *
 * <p>The nesting follows from the announced number of elements alone, so it is the same for RESP2 and RESP3. Lettuce's
 * own outputs for streams guess it, and several versions mix up the entries of a RESP2 reply (redis/lettuce#3800).
 */
public final class RawReply extends CommandOutput<byte[], byte[], @Nullable Object> {

    /** Bounds what is reserved for a list before its elements have arrived. */
    private static final int RESERVED = 1024;

    private final Deque<Incomplete> open = new ArrayDeque<>();

    private volatile long firstArrival;
    private volatile long lastArrival;

    private record Incomplete(List<@Nullable Object> elements, int count) {}

    public RawReply() {
        super(ByteArrayCodec.INSTANCE, null);
    }

    /** A part of the reply has arrived. */
    public void arriving() {
        long now = System.nanoTime();
        if (firstArrival == 0) {
            firstArrival = now;
        }
        lastArrival = now;
    }

    /** When a part of the reply arrived last, as {@link System#nanoTime()}; 0 if nothing has. Thread-safe. */
    public long lastArrival() {
        return lastArrival;
    }

    /** The time between the first and the last part of the reply. */
    public Duration arrivalTime() {
        return Duration.ofNanos(lastArrival - firstArrival);
    }

    @Override
    public void set(@Nullable ByteBuffer bytes) {
        add(bytes == null ? null : codec.decodeValue(bytes));
    }

    @Override
    public void set(long integer) {
        add(integer);
    }

    @Override
    public void set(double number) {
        add(number);
    }

    @Override
    public void set(boolean value) {
        add(value);
    }

    @Override
    public void multi(int count) {
        arriving();
        if (count < 0) {
            add(null);
        } else if (count == 0) {
            add(List.of());
        } else {
            open.push(new Incomplete(new ArrayList<>(Math.min(count, RESERVED)), count));
        }
    }

    private void add(@Nullable Object element) {
        arriving();
        Object complete = element;
        for (Incomplete list = open.peek(); list != null; list = open.peek()) {
            list.elements().add(complete);
            if (list.elements().size() < list.count()) {
                return;
            }
            complete = open.pop().elements();
        }
        output = complete;
    }
}
