package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamId;
import dev.realtime.stream.binder.redis.connection.RedisConnections;
import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.consumer.PendingEntries.Page;
import dev.realtime.stream.binder.redis.properties.AckMode;
import dev.realtime.stream.binder.redis.provisioning.ConsumerGroups;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import io.lettuce.core.Consumer;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * Reads a stream as a consumer of a group. Entries that were read and not acknowledged stay in the consumer's list of
 * pending entries. That list is read first after each connect, since it contains replies that were lost on the way; what
 * was handed over already is left out. Then new entries and, at intervals, entries that were left behind take turns.
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
    private final NewEntries fresh;
    private final GroupEvents events;
    private final Acknowledgements acknowledgements;
    private final HandedOver handedOver;
    private final DeliveryCounts counts;
    private volatile @Nullable RedisLink link;
    private volatile @Nullable String position;
    private volatile boolean started;
    /** The reader of the next start, {@code null} until there is one. */
    private volatile @Nullable GroupReader next;
    /** Whether it has been connected before, so that replies may have been lost. */
    private boolean reconnected;
    /** Whether entries left behind are next; otherwise new ones. */
    private boolean leftBehindAreNext;

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
        this.counts = new DeliveryCounts(key, consumer);
        this.fresh = new NewEntries(stream, consumer, settings.batchSize());
        this.events = events;
        if (before == null) {
            this.watch = new GroupWatch(settings, stream, consumerName, events);
            this.acknowledgements = new Acknowledgements(key, group);
            this.handedOver = new HandedOver();
        } else {
            this.watch = before.watch.copy();
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
        counts.connected();
        boolean created =
                ConsumerGroups.ensure(opened, stream, settings.group(), started ? StreamId.ZERO : settings.startId());
        if (created) {
            acknowledgements.clear();
            handedOver.clear();
        }
        watch.connected(opened, created && started);
        acknowledgements.repeat(opened);
        pending.readOwnAgain();
        reconnected = started;
        started = true;
    }

    @Override
    public List<StreamRecord> poll(CompletableFuture<?> abort) {
        RedisLink now = requireLink();
        List<StreamRecord> own = ownNotHandedOver(now, abort);
        if (!own.isEmpty()) {
            return own;
        }
        if (leftBehindAreNext) {
            List<StreamRecord> leftBehind = leftBehind(now, abort);
            if (!leftBehind.isEmpty()) {
                return leftBehind;
            }
        }
        leftBehindAreNext = true;
        watch.look(now);
        List<StreamRecord> entries = readNew(now, pending.isDue() ? Duration.ZERO : settings.block(), abort);
        return entries.isEmpty() && !abort.isDone() && now.isOpen() ? leftBehind(now, abort) : entries;
    }

    /** After a connect: entries that were read, but whose reply was lost or that had to wait. */
    private List<StreamRecord> ownNotHandedOver(RedisLink now, CompletableFuture<?> abort) {
        Page page = pending.own(now, handedOver, abort);
        if (!page.isEmpty()) {
            waiting.begin(now, page.records(), System.nanoTime());
            counts.beginPending(page.deliveries(), reconnected);
        }
        return page.records();
    }

    private List<StreamRecord> leftBehind(RedisLink now, CompletableFuture<?> abort) {
        long askedAt = System.nanoTime();
        Page page = pending.leftBehind(now, abort);
        if (!page.isEmpty()) {
            leftBehindAreNext = false;
            waiting.begin(now, page.records(), askedAt);
            counts.beginPending(page.deliveries(), false);
        }
        return page.records();
    }

    private List<StreamRecord> readNew(RedisLink now, Duration block, CompletableFuture<?> abort) {
        List<StreamRecord> page = fresh.read(now, block, abort);
        if (!page.isEmpty()) {
            waiting.begin(now, page, System.nanoTime());
            counts.beginNew();
            watch.read(page.get(page.size() - 1).id());
        }
        return page;
    }

    @Override
    public List<StreamRecord> take(List<StreamRecord> entries) {
        RedisLink now = requireLink();
        List<StreamRecord> taken = new ArrayList<>(entries.size());
        for (StreamRecord entry : waiting.take(now, entries)) {
            long before = counts.of(entry);
            if (before < settings.maxDeliveries()) {
                taken.add(entry);
            } else if (events.giveUp(entry, before)) {
                handled(List.of(entry));
            }
        }
        counts.add(taken);
        if (settings.ackMode() == AckMode.NONE) {
            if (!taken.isEmpty()) {
                acknowledge(taken);
            }
        } else {
            taken.forEach(handedOver::add);
            counts.write(now, taken, waiting.snapshot());
        }
        return taken;
    }

    @Override
    public void handled(List<StreamRecord> entries) {
        position = entries.get(entries.size() - 1).id();
        if (settings.ackMode() != AckMode.NONE) {
            acknowledge(entries);
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
    public CompletableFuture<?> acknowledge(List<StreamRecord> entries) {
        GroupReader following = next;
        if (following != null && !isConnected()) {
            return following.acknowledge(entries);
        }
        List<String> ids = entries.stream().map(StreamRecord::id).toList();
        entries.forEach(handedOver::remove);
        acknowledgements.add(ids);
        return acknowledgements.send(requireLink(), ids);
    }

    @Override
    public void settle() {
        RedisLink now = requireLink();
        acknowledgements.settle(now);
        counts.settle(now);
    }

    @Override
    public void release() {
        RedisLink now = link;
        if (now == null || !now.isOpen() || next != null) {
            return;
        }
        try {
            counts.release(now, waiting.snapshot());
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
        return counts.of(entry);
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
