package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads one stream over a connection of its own. Used by one thread, except where said otherwise. */
interface StreamReader {

    /** Connects anew and settles where to go on; throws when Redis cannot be reached or refuses. */
    void connect();

    /** Whether there is a connection that is not known to be lost. From any thread. */
    boolean isConnected();

    /**
     * The next entries in order; none when there were none for as long as the server waits.
     *
     * @param abort when completed, returns soon, with nothing if need be
     */
    List<StreamRecord> poll(CompletableFuture<?> abort);

    /** The entry was dealt with: handled, or given to those who deal with failures. */
    void handled(StreamRecord entry);

    /** The entry was handed over without being settled: it failed, or the application acknowledges it itself. */
    void left(StreamRecord entry);

    /** It need not come again. From any thread; throws when there is no connection. */
    void acknowledge(StreamRecord entry);

    /** Ends a batch: what was said about its entries has reached Redis. */
    void settle();

    /** These were read but will not be handled any more, since the reader stops. */
    void release(List<StreamRecord> entries);

    /** These are waiting behind an entry that takes long: nobody else should take them over meanwhile. */
    void keep(List<StreamRecord> entries);

    /** Closes the connection. From any thread. */
    void disconnect();

    /** Id of the last entry dealt with or where to begin, {@code null} when not known yet. From any thread. */
    @Nullable
    String position();

    /** Whether it is settled what will be read. From any thread. */
    boolean isStarted();

    /** How often the entry was delivered, this time included; 0 when nobody counts. */
    long deliveries(StreamRecord entry);

    /** How many entries are still to be read, as far as known. From any thread. */
    long lag();

    /** How many entries are read but not acknowledged, as far as known. From any thread. */
    long pending();
}
