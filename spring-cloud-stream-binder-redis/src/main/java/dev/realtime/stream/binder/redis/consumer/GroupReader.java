package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamId;
import dev.realtime.stream.binder.redis.connection.RedisConnections;
import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.consumer.PendingEntries.Page;
import dev.realtime.stream.binder.redis.properties.AckMode;
import dev.realtime.stream.binder.redis.provisioning.ConsumerGroups;
import dev.realtime.stream.binder.redis.wire.RawReply;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import dev.realtime.stream.binder.redis.wire.StreamReplies;
import io.lettuce.core.Consumer;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.XClaimArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * Reads a stream as a consumer of a group. Entries that were read and not acknowledged stay in the consumer's list of
 * pending entries. That list is read first after each connect, since it contains replies that were lost on the way; what
 * was handed over already is left out. Then new entries and, at intervals, entries that were left behind take turns.
 *
 * <p>A delivery is counted when an entry is handed over. Redis itself counts each read, so the count of entries that are
 * read and have to wait is set back to 0.
 */
final class GroupReader implements StreamReader {

    private final RedisConnections connections;
    private final GroupSettings settings;
    private final String stream;
    private final byte[] key;
    private final Consumer<byte[]> consumer;
    private final String consumerName;
    private final PendingEntries pending;
    private final WaitingEntries waiting;
    private final GroupWatch watch;
    private final ReadSize size;
    private final GroupEvents events;
    private final Acknowledgements acknowledgements;
    private final HandedOver handedOver;
    /** Number of deliveries of the current page's entries. */
    private final Map<String, Long> deliveries = new HashMap<>();

    private final List<CompletableFuture<?>> counting = new ArrayList<>();
    private volatile @Nullable RedisLink link;
    private volatile @Nullable String position;
    private volatile boolean started;
    /** The reader of the next start, {@code null} until there is one. */
    private volatile @Nullable GroupReader next;
    /** Whether this consumer's own entries were all read since the connect. */
    private boolean drained;
    /** Whether a count of one in Redis may mean that an entry was read, but not handed over. */
    private boolean reconnected;
    /** Whether entries left behind are next; otherwise new ones. */
    private boolean leftBehindAreNext;
    /** Whether Redis has counted the current page's entries as delivered, because it was their first read. */
    private boolean countedByRedis;

    GroupReader(
            RedisConnections connections,
            GroupSettings settings,
            String stream,
            String consumerName,
            GroupEvents events) {
        this(connections, settings, stream, consumerName, events, null);
    }

    private GroupReader(
            RedisConnections connections,
            GroupSettings settings,
            String stream,
            String consumerName,
            GroupEvents events,
            @Nullable GroupReader before) {
        this.connections = connections;
        this.settings = settings;
        this.stream = stream;
        this.key = StreamKeys.bytes(stream);
        byte[] group = StreamKeys.bytes(settings.group());
        this.consumerName = consumerName;
        this.consumer = Consumer.from(group, StreamKeys.bytes(consumerName));
        this.pending = new PendingEntries(settings, stream, consumerName, events);
        this.waiting = new WaitingEntries(settings, stream, consumerName);
        this.watch = new GroupWatch(settings, stream, consumerName, events);
        this.size = new ReadSize(settings.batchSize());
        this.events = events;
        if (before == null) {
            this.acknowledgements = new Acknowledgements(key, group);
            this.handedOver = new HandedOver();
        } else {
            this.acknowledgements = before.acknowledgements;
            this.handedOver = before.handedOver;
            this.position = before.position;
            this.started = before.started;
        }
    }

    @Override
    public void connect() {
        disconnect();
        RedisLink opened = connections.open(stream);
        link = opened;
        counting.clear();
        boolean created =
                ConsumerGroups.ensure(opened, stream, settings.group(), started ? StreamId.ZERO : settings.startId());
        watch.connected(opened, created && started, position);
        if (created) {
            acknowledgements.clear();
            handedOver.clear();
        }
        acknowledgements.repeat(opened);
        pending.readOwnAgain();
        drained = false;
        reconnected = started;
        started = true;
    }

    @Override
    public List<StreamRecord> poll(CompletableFuture<?> abort) {
        RedisLink now = requireLink();
        List<StreamRecord> own = ownNotHandedOver(now);
        if (!own.isEmpty()) {
            return own;
        }
        if (leftBehindAreNext) {
            List<StreamRecord> leftBehind = leftBehind(now);
            if (!leftBehind.isEmpty()) {
                return leftBehind;
            }
        }
        leftBehindAreNext = true;
        watch.look(now);
        List<StreamRecord> entries = readNew(now, pending.isDue() ? Duration.ZERO : settings.block(), abort);
        return entries.isEmpty() && !abort.isDone() && now.isOpen() ? leftBehind(now) : entries;
    }

    /** After a connect: entries that were read, but whose reply was lost or that had to wait. */
    private List<StreamRecord> ownNotHandedOver(RedisLink now) {
        while (!drained) {
            Page own = pending.own(now);
            drained = own.isEmpty();
            List<StreamRecord> fresh = own.records().stream()
                    .filter(entry -> !handedOver.contains(entry))
                    .toList();
            if (!fresh.isEmpty()) {
                begin(now, fresh, System.nanoTime());
                own.deliveries().forEach((id, count) -> deliveries.put(id, reconnected && count == 1 ? 0 : count));
                return fresh;
            }
        }
        return List.of();
    }

    private List<StreamRecord> leftBehind(RedisLink now) {
        long askedAt = System.nanoTime();
        Page page = pending.leftBehind(now);
        if (!page.isEmpty()) {
            leftBehindAreNext = false;
            begin(now, page.records(), askedAt);
            deliveries.putAll(page.deliveries());
        }
        return page.records();
    }

    private List<StreamRecord> readNew(RedisLink now, Duration block, CompletableFuture<?> abort) {
        RawReply reply;
        try {
            reply = StreamReads.readGroup(now, consumer, key, size.next(), block, abort);
        } catch (RedisConnectionFailureException failure) {
            size.failed(failure);
            throw failure;
        }
        List<StreamRecord> records = StreamReplies.streams(reply.get()).getOrDefault(stream, List.of());
        size.succeeded(records.size(), reply.arrivalTime());
        if (records.isEmpty()) {
            return records;
        }
        begin(now, records, System.nanoTime());
        countedByRedis = true;
        return records;
    }

    private void begin(RedisLink now, List<StreamRecord> page, long askedAt) {
        deliveries.clear();
        countedByRedis = false;
        waiting.begin(now, page, askedAt);
    }

    @Override
    public List<StreamRecord> take(List<StreamRecord> entries) {
        RedisLink now = requireLink();
        List<StreamRecord> taken = new ArrayList<>(entries.size());
        for (StreamRecord entry : waiting.take(now, entries)) {
            long before = deliveries(entry);
            if (before < settings.maxDeliveries()) {
                taken.add(entry);
            } else if (events.giveUp(entry, before)) {
                handled(entry);
            }
        }
        Map<Long, List<String>> byCount = new LinkedHashMap<>();
        for (StreamRecord entry : taken) {
            byCount.computeIfAbsent(deliveries.merge(entry.id(), 1L, Long::sum), count -> new ArrayList<>())
                    .add(entry.id());
        }
        if (settings.ackMode() == AckMode.NONE) {
            taken.forEach(this::acknowledge);
        } else {
            taken.forEach(handedOver::add);
            count(now, byCount);
        }
        return taken;
    }

    private void count(RedisLink now, Map<Long, List<String>> byCount) {
        if (countedByRedis) {
            setCount(now, waiting.snapshot(), 0);
        } else {
            byCount.forEach((count, ids) -> setCount(now, ids, count));
        }
        countedByRedis = false;
    }

    private void setCount(RedisLink now, List<String> ids, long count) {
        if (!ids.isEmpty()) {
            counting.add(now.commands()
                    .xclaim(
                            key,
                            consumer,
                            new XClaimArgs()
                                    .minIdleTime(Duration.ZERO)
                                    .retryCount(count)
                                    .justid(),
                            ids.toArray(String[]::new))
                    .toCompletableFuture());
        }
    }

    @Override
    public void handled(StreamRecord entry) {
        position = entry.id();
        if (settings.ackMode() != AckMode.NONE) {
            acknowledge(entry);
        }
    }

    @Override
    public void left(StreamRecord entry) {
        position = entry.id();
    }

    @Override
    public void failed(StreamRecord entry) {
        // The entry stays pending and is left behind once claim-min-idle has passed.
        position = entry.id();
        pending.failed();
    }

    @Override
    public void requeue(StreamRecord entry) {
        handedOver.remove(entry);
        waiting.add(entry);
    }

    @Override
    public GroupReader next(List<StreamRecord> inHand) {
        // What is in hand was taken, and so is in the set of what was handed over, which both share.
        GroupReader following = new GroupReader(connections, settings, stream, consumerName, events, this);
        next = following;
        // From here on they wait for that one.
        waiting.clear();
        return following;
    }

    @Override
    public CompletableFuture<?> acknowledge(StreamRecord entry) {
        GroupReader following = next;
        if (following != null && !isConnected()) {
            return following.acknowledge(entry);
        }
        handedOver.remove(entry);
        acknowledgements.add(entry.id());
        return acknowledgements.send(requireLink(), entry.id());
    }

    @Override
    public void settle() {
        RedisLink now = requireLink();
        acknowledgements.settle(now);
        counting.forEach(now::await);
        counting.clear();
    }

    @Override
    public void release() {
        RedisLink now = link;
        if (now == null || !now.isOpen() || next != null) {
            return;
        }
        try {
            if (countedByRedis) {
                setCount(now, waiting.snapshot(), 0);
            }
            waiting.release(now);
        } catch (RedisCommandExecutionException | RedisConnectionFailureException failure) {
            // The only effect: the entries are claimed a little later.
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
        waiting.clear();
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
        return deliveries.getOrDefault(entry.id(), 0L);
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
