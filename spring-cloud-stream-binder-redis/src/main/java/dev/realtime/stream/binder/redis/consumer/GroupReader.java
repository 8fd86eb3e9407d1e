package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamId;
import dev.realtime.stream.binder.redis.connection.RedisConnections;
import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.properties.AckMode;
import dev.realtime.stream.binder.redis.provisioning.ConsumerGroups;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import io.lettuce.core.Consumer;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XClaimArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * Reads a stream as a consumer of a group. Entries that were delivered and not acknowledged stay in the consumer's list
 * of pending entries. That list is read first after each connect, since it contains replies that were lost on the way.
 * New entries follow and, at intervals, entries that other consumers left pending.
 */
final class GroupReader implements StreamReader {

    private final RedisConnections connections;
    private final GroupSettings settings;
    private final String stream;
    private final byte[] key;
    private final byte[] group;
    private final Consumer<byte[]> consumer;
    private final PendingEntries pending;
    private final GroupWatch watch;
    private final List<CompletableFuture<Long>> acknowledging = new ArrayList<>();
    private volatile @Nullable RedisLink link;
    private volatile @Nullable String position;
    private volatile boolean started;
    /** Id up to which this consumer's pending entries have been read again, {@code null} if all have. */
    private @Nullable String drained;
    /** Number of deliveries of the current batch's entries, if above one. */
    private Map<String, Long> deliveries = Map.of();

    GroupReader(
            RedisConnections connections,
            GroupSettings settings,
            String stream,
            String consumerName,
            GroupEvents events) {
        this.connections = connections;
        this.settings = settings;
        this.stream = stream;
        this.key = StreamKeys.bytes(stream);
        this.group = StreamKeys.bytes(settings.group());
        this.consumer = Consumer.from(group, StreamKeys.bytes(consumerName));
        this.pending = new PendingEntries(settings, stream, consumer, events);
        this.watch = new GroupWatch(settings, stream, consumerName, events);
    }

    @Override
    public void connect() {
        disconnect();
        RedisLink opened = connections.open();
        link = opened;
        acknowledging.clear();
        boolean created =
                ConsumerGroups.ensure(opened, stream, settings.group(), started ? StreamId.ZERO : settings.startId());
        watch.connected(opened, created && started, position);
        drained = settings.ackMode() == AckMode.NONE ? null : StreamId.ZERO;
        started = true;
    }

    @Override
    public List<StreamRecord> poll(CompletableFuture<?> abort) {
        RedisLink now = requireLink();
        List<StreamRecord> again = settings.ackMode() == AckMode.NONE ? List.of() : again(now);
        if (!again.isEmpty()) {
            return again;
        }
        watch.look(now);
        XReadArgs args = XReadArgs.Builder.count(settings.batchSize());
        if (settings.ackMode() == AckMode.NONE) {
            args.noack(true);
        }
        if (settings.block().isPositive()) {
            args.block(settings.block());
        }
        List<StreamMessage<byte[], byte[]>> entries = now.await(
                now.commands().xreadgroup(consumer, args, StreamOffset.lastConsumed(key)), settings.block(), abort);
        deliveries = Map.of();
        return entries == null
                ? List.of()
                : entries.stream().map(entry -> StreamRecord.of(stream, entry)).toList();
    }

    /**
     * Entries that were delivered before: this consumer's own after a connect, then those that others or a failure left
     * pending.
     */
    private List<StreamRecord> again(RedisLink now) {
        while (drained != null) {
            List<StreamMessage<byte[], byte[]>> own = now.await(now.commands()
                    .xreadgroup(
                            consumer, XReadArgs.Builder.count(settings.batchSize()), StreamOffset.from(key, drained)));
            drained = own.isEmpty() ? null : own.getLast().getId();
            List<StreamRecord> records =
                    own.stream().map(entry -> StreamRecord.of(stream, entry)).toList();
            List<StreamRecord> kept = keepDeliverable(now, records);
            if (!kept.isEmpty()) {
                return kept;
            }
        }
        return keepDeliverable(now, pending.claim(now));
    }

    private List<StreamRecord> keepDeliverable(RedisLink now, List<StreamRecord> records) {
        deliveries = pending.deliveries(now, records);
        return pending.keepDeliverable(records, deliveries, this::acknowledge);
    }

    @Override
    public void handled(StreamRecord entry) {
        position = entry.id();
        acknowledge(entry);
    }

    @Override
    public void left(StreamRecord entry) {
        // The entry stays pending until the application acknowledges it or claim-min-idle has passed.
        position = entry.id();
    }

    @Override
    public void acknowledge(StreamRecord entry) {
        if (settings.ackMode() == AckMode.NONE) {
            return;
        }
        CompletableFuture<Long> answer =
                requireLink().commands().xack(key, group, entry.id()).toCompletableFuture();
        synchronized (acknowledging) {
            acknowledging.removeIf(done -> done.isDone() && !done.isCompletedExceptionally());
            acknowledging.add(answer);
        }
    }

    @Override
    public void settle() {
        List<CompletableFuture<Long>> open;
        synchronized (acknowledging) {
            open = List.copyOf(acknowledging);
            acknowledging.clear();
        }
        RedisLink now = requireLink();
        open.forEach(now::await);
    }

    @Override
    public void keep(List<StreamRecord> entries) {
        claimAgain(entries, new XClaimArgs().minIdleTime(Duration.ZERO).justid());
    }

    @Override
    public void release(List<StreamRecord> entries) {
        claimAgain(
                entries,
                new XClaimArgs()
                        .minIdleTime(Duration.ZERO)
                        .idle(settings.claimMinIdle())
                        .justid());
    }

    private void claimAgain(List<StreamRecord> entries, XClaimArgs args) {
        RedisLink now = link;
        if (now == null || !now.isOpen() || entries.isEmpty() || settings.ackMode() == AckMode.NONE) {
            return;
        }
        try {
            now.await(now.commands()
                    .xclaim(
                            key,
                            consumer,
                            args,
                            entries.stream().map(StreamRecord::id).toArray(String[]::new)));
        } catch (RedisCommandExecutionException | RedisConnectionFailureException failure) {
            // The only effect: the entries are claimed a little earlier or later.
        }
    }

    private RedisLink requireLink() {
        RedisLink now = link;
        if (now == null || !now.isOpen()) {
            throw new RedisConnectionFailureException("There is no connection for reading " + stream);
        }
        return now;
    }

    @Override
    public boolean isConnected() {
        RedisLink now = link;
        return now != null && now.isOpen();
    }

    @Override
    public void disconnect() {
        RedisLink now = link;
        if (now != null) {
            now.close();
        }
    }

    @Override
    public @Nullable String position() {
        return position;
    }

    @Override
    public boolean isStarted() {
        return started;
    }

    @Override
    public long deliveries(StreamRecord entry) {
        return deliveries.getOrDefault(entry.id(), 1L);
    }

    @Override
    public long lag() {
        return watch.lag();
    }

    @Override
    public long pending() {
        return watch.pending();
    }
}
