package dev.realtime.stream.binder.redis.hub;

import dev.realtime.stream.binder.redis.connection.Backoff;
import dev.realtime.stream.binder.redis.connection.RedisConnections;
import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.connection.Threads;
import dev.realtime.stream.binder.redis.wire.RawReply;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import dev.realtime.stream.binder.redis.wire.StreamReplies;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * Reads the streams that were offered to it with one connection and one thread. Entries go to their seats on the
 * client's thread as soon as they have arrived, so a stream waits for no thread but its own.
 */
final class ReadHub {

    private static final Logger log = LoggerFactory.getLogger(ReadHub.class);

    /** The longest pause after what Redis refused. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** A reply that takes longer to arrive delays the other streams too much. */
    private static final Duration SLOW = Duration.ofMillis(250);

    private static final CompletableFuture<?> NEVER = new CompletableFuture<>();

    private final RedisConnections connections;
    private final String anyStream;
    private final int batchSize;
    private final Duration block;
    private final Seats seats = new Seats();
    private final Agreement agreement = new Agreement(this);
    /** Guarded by the seats' lock. */
    private boolean running;

    private volatile @Nullable RedisLink link;
    private volatile long answeredAt = System.nanoTime();
    /** The read whose reply counts. Guarded by the seats' lock. */
    private @Nullable Round current;

    /** Confined to the hub's thread. */
    private long connectedAt;

    /** Whether a read was answered since the last connect. Confined to the hub's thread. */
    private boolean worked;

    /** The streams of one read, and those it returned entries of. */
    private record Round(Map<String, Seat> asked, Set<Seat> answered) {}

    /** @param anyStream a stream that tells the server */
    ReadHub(RedisConnections connections, String anyStream, int batchSize, Duration block) {
        this.connections = connections;
        this.anyStream = anyStream;
        this.batchSize = batchSize;
        this.block = block;
    }

    Seat add(String stream) {
        Seat seat = new Seat(this, stream, StreamKeys.bytes(stream), batchSize);
        seats.add(seat);
        return seat;
    }

    void remove(Seat seat) {
        seats.remove(seat);
        RedisLink unused = link;
        if (unused != null && !seats.areSeveral()) {
            unused.close();
        }
    }

    Seats seats() {
        return seats;
    }

    Duration block() {
        return block;
    }

    boolean isConnected() {
        RedisLink now = link;
        return now != null && now.isOpen();
    }

    /** When a read was last answered, with or without entries. */
    long answeredAt() {
        return answeredAt;
    }

    /** The stream may be taken over. Needs the seats' lock. */
    void offer(Seat seat) {
        seats.offer(seat);
        startIfReady();
    }

    private void startIfReady() {
        if (!running && seats.areReady()) {
            running = true;
            Threads.start("redis-hub", this::run);
        }
    }

    private void run() {
        Backoff backoff = new Backoff(LONGEST_PAUSE);
        try {
            while (seats.awaitReady(this::disconnect)) {
                try {
                    turn();
                    backoff.reset();
                } catch (RuntimeException failure) {
                    if (!isWorthAnother(failure)) {
                        log.debug("Reading up to {} streams together failed", seats.count(), failure);
                        seats.releaseAll(failure instanceof RedisConnectionFailureException ? failure : null);
                        seats.pause(backoff.next().toNanos());
                    }
                }
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } finally {
            seats.locked(() -> {
                disconnect();
                seats.releaseAll(null);
                running = false;
                startIfReady();
            });
        }
    }

    private void disconnect() {
        RedisLink former = link;
        link = null;
        if (former != null) {
            former.close();
        }
    }

    private void turn() throws InterruptedException {
        RedisLink now = link;
        if (now == null || !now.isOpen()) {
            now = connect();
        }
        if (!seats.takeOver(now, connectedAt)) {
            now.close();
            return;
        }
        agreement.check(now, seats.served().values());
        Map<String, Seat> asked = seats.served();
        if (asked.isEmpty()) {
            seats.pause(Duration.ofMillis(50).toNanos());
        } else {
            read(now, new Round(asked, new HashSet<>()));
        }
    }

    private RedisLink connect() {
        worked = false;
        connectedAt = System.nanoTime();
        RedisLink opened = connections.open(anyStream);
        try {
            opened.runId();
            agreement.checkAgain(opened, seats.served().values());
        } catch (RuntimeException failure) {
            opened.close();
            throw failure;
        }
        link = opened;
        if (!seats.areSeveral()) {
            opened.close();
        }
        return opened;
    }

    private void read(RedisLink now, Round round) {
        CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE)
                .add(CommandKeyword.COUNT)
                .add(batchSize)
                .add(CommandKeyword.BLOCK)
                .add(block.toMillis())
                .add("STREAMS");
        round.asked().values().forEach(seat -> args.addKey(seat.key()));
        round.asked().values().forEach(seat -> args.add(seat.position()));
        seats.locked(() -> current = round);
        RawReply reply;
        try {
            reply = now.read(CommandType.XREAD, args, block, NEVER, arrived -> distribute(round, arrived));
        } finally {
            seats.locked(() -> current = null);
        }
        worked = true;
        if (reply.arrivalTime().compareTo(SLOW) > 0) {
            round.answered().forEach(seat -> seats.release(seat, true));
        }
    }

    private void distribute(Round round, RawReply reply) {
        seats.locked(() -> {
            // A reply that comes too late is read again.
            if (current == round) {
                answeredAt = System.nanoTime();
                StreamReplies.raw(reply.get(), (stream, entries) -> add(round, stream, entries));
                if (round.answered().isEmpty()) {
                    round.asked().values().forEach(Seat::idle);
                }
            }
        });
    }

    private void add(Round round, String stream, List<?> entries) {
        Seat seat = round.asked().get(stream);
        if (seat == null || !seats.isServed(seat)) {
            return;
        }
        seat.add(entries);
        round.answered().add(seat);
        if (seat.isFull()) {
            seats.release(seat, true);
        }
    }

    /**
     * Whether to connect again and go on: a connection that worked was lost. Any other failure is for the streams' own
     * threads, which find out which of them Redis refuses, or ask for less.
     */
    private boolean isWorthAnother(RuntimeException failure) {
        return worked
                && failure instanceof RedisConnectionFailureException
                && !(failure.getCause() instanceof TimeoutException);
    }
}
