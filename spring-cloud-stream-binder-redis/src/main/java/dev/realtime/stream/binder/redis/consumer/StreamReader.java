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

    /**
     * The next entries in order; empty if none arrive while the server blocks.
     *
     * @param abort when completed, the call returns soon, possibly without entries
     */
    List<StreamRecord> poll(CompletableFuture<?> abort);

    /** The entry is settled: handled or recovered. */
    void handled(StreamRecord entry);

    /** The entry was handed over but is not settled: it failed, or the application acknowledges it itself. */
    void left(StreamRecord entry);

    /** Acknowledges the entry. Thread-safe; throws if there is no connection. */
    void acknowledge(StreamRecord entry);

    /** Ends a batch: returns once Redis has answered its acknowledgements. */
    void settle();

    /** The reader stops: leaves entries that were read but not handled to other consumers. */
    void release(List<StreamRecord> entries);

    /** Keeps other consumers from claiming entries that wait behind a slow one. */
    void keep(List<StreamRecord> entries);

    /** Closes the connection. Thread-safe. */
    void disconnect();

    /** Id of the last settled entry or of the start, {@code null} while unknown. Thread-safe. */
    @Nullable
    String position();

    /** Whether the start is determined. Thread-safe. */
    boolean isStarted();

    /** Number of deliveries of the entry, including this one; 0 if they are not counted. */
    long deliveries(StreamRecord entry);

    /** Number of entries not read yet, as far as known. Thread-safe. */
    long lag();

    /** Number of entries read but not acknowledged, as far as known. Thread-safe. */
    long pending();
}
