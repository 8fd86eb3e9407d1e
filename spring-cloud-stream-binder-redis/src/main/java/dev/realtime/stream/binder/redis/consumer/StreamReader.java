package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads one stream over its own connection. Confined to one thread unless stated otherwise. */
interface StreamReader {

    /** Opens a new connection and determines where to continue; throws if Redis is unreachable or refuses. */
    void connect();

    /** Whether there is a connection that is not known to be lost. Thread-safe. */
    boolean isConnected();

    /** Whether {@link #poll} needs no {@link #connect} before it. */
    default boolean isReady() {
        return isConnected();
    }

    /**
     * The next entries in order; empty if none arrive while the server blocks.
     *
     * @param abort when completed, the call returns soon, possibly without entries
     */
    List<StreamRecord> poll(CompletableFuture<?> abort);

    /**
     * The entries are about to be handed over: counts the delivery.
     *
     * @return those that may be; not those that another consumer has claimed, or whose deliveries are used up
     */
    List<StreamRecord> take(List<StreamRecord> entries);

    /** The entries, at least one and in order, are settled: handled or recovered. */
    void handled(List<StreamRecord> entries);

    /** The entry was handed over, and the application acknowledges it itself. */
    void left(StreamRecord entry);

    /** The application failed to handle the entry, and nothing else dealt with it. */
    void failed(StreamRecord entry);

    /** The entry was handed over and waits again. */
    void requeue(StreamRecord entry);

    /** Acknowledges the entries at once, and returns the answer. Thread-safe; throws if there is no connection. */
    CompletableFuture<?> acknowledge(List<StreamRecord> entries);

    /** Ends a batch: returns once Redis has answered its acknowledgements. */
    void settle();

    /** The reader stops: leaves entries that were read and not taken to other consumers. */
    void release();

    /**
     * A new reader that continues after what this one has handed over. This one may still be in use, by a thread that
     * could not be stopped. Thread-safe.
     *
     * @param inHand the entries that this reader's thread is still handling, which count as handed over
     */
    StreamReader next(List<StreamRecord> inHand);

    /** Closes the connection. Thread-safe. */
    void disconnect();

    /** Id of the last settled entry or of the start, {@code null} while unknown. Thread-safe. */
    @Nullable
    String position();

    /** Whether the start is determined. Thread-safe. */
    boolean isStarted();

    /** How often the entry was taken, in all; 0 if that is not counted. */
    long deliveries(StreamRecord entry);

    /** Number of entries not read yet; -1 if unknown. Thread-safe. */
    long lag();

    /** Number of entries read but not acknowledged, as far as known. Thread-safe. */
    long pending();
}
