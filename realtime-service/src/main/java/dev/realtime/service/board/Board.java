package dev.realtime.service.board;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.board.Snapshot;
import dev.realtime.service.fanout.EventTrail;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.payload.KnownMembers;
import dev.realtime.service.position.Epoch;
import dev.realtime.service.position.Position;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The live board of this instance. It follows the fan-out event by event, so that a snapshot taken in a step of the
 * fan-out is true at exactly that position. Until it is loaded, events wait; {@link BoardLoader} loads it at the start
 * and whenever this instance missed events.
 *
 * <p>Thread-safe; the lock is held for microseconds, and is acquired after the fan-out's lock, never before.
 *
 * <p>Metrics: {@code realtime.board.entries} by {@code kind}, {@code realtime.board.evicted}, and {@code
 * realtime.board.ready}, 0 while it is being loaded.
 */
@Component
public final class Board implements EventTrail {

    private static final StreamId BEGINNING = new StreamId(0, 0);

    /** How many records may wait while the board is loaded; with more, loading begins anew. */
    private static final int MOST_WAITING = 100_000;

    private final Epoch epoch;

    /** Null while the board is being loaded; guarded by this, as are all fields below. */
    private @Nullable BoardState state;

    /** The epoch that the state belongs to. */
    private String stateEpoch = "";

    /** The records since {@link #loadAfter}, while the board is being loaded: a {@link Change}, or an id to pass. */
    private List<Object> waiting = new ArrayList<>();

    /** The id after which events wait; null until reading begins. */
    private @Nullable StreamId loadAfter;

    /** The last record that was read. */
    private @Nullable StreamId head;

    /** Counts restarts, so that a load that began before one is discarded. */
    private int generation;

    private Runnable onLoading = () -> {};

    /** How many events have come since {@link #since} was asked last. */
    private int come;

    private int many;
    private Runnable onMany = () -> {};

    Board(Epoch epoch, MeterRegistry meters) {
        this.epoch = epoch;
        size(meters, "call", state -> state.calls.size());
        size(meters, "order", state -> state.orders.size());
        size(meters, "person", state -> state.people.size());
        Gauge.builder("realtime.board.evicted", this, board -> board.count(BoardState::evicted))
                .description("Entries of the live board dropped because there were too many, since it was loaded")
                .register(meters);
        Gauge.builder("realtime.board.ready", this, board -> board.isReady() ? 1 : 0)
                .description("Whether the live board is loaded")
                .register(meters);
    }

    private void size(MeterRegistry meters, String kind, Function<BoardState, Integer> size) {
        Gauge.builder("realtime.board.entries", this, board -> board.count(size))
                .tag("kind", kind)
                .description("Entries of the live board, what is over included")
                .register(meters);
    }

    private synchronized double count(Function<BoardState, ? extends Number> number) {
        return state == null ? 0 : number.apply(state).doubleValue();
    }

    // ------------------------------------------------------------------ the stream

    @Override
    public synchronized void append(PositionedEvent event, KnownMembers members) {
        head = event.id();
        if (++come == many) {
            onMany.run();
        }
        BroadcastEvent kind = BroadcastEvent.ofWireName(event.name()).orElse(null);
        follow(
                kind == null || kind == BroadcastEvent.NOTIFICATION
                        ? event.id()
                        : new Change(kind, members, event.rooms(), event.id()));
    }

    @Override
    public synchronized void pass(StreamId id) {
        head = id;
        follow(id);
    }

    private void follow(Object record) {
        if (state != null) {
            fold(record, state);
            return;
        }
        StreamId id = record instanceof Change change ? change.id() : (StreamId) record;
        if (loadAfter == null) {
            // The first record may come before anybody has told after which id reading begins.
            load(id.previous());
        }
        waiting.add(record);
        if (waiting.size() > MOST_WAITING) {
            load(id);
        }
    }

    /** Folds a record into a state, unless the state has seen it. */
    private static void fold(Object record, BoardState into) {
        if (record instanceof Change change) {
            if (change.id().compareTo(into.position()) > 0) {
                into.apply(change);
            }
        } else if (record instanceof StreamId id && id.compareTo(into.position()) > 0) {
            into.pass(id);
        }
    }

    @Override
    public synchronized void restart(StreamId after) {
        head = after;
        load(after);
    }

    /** Another epoch has begun: what the board shows belongs to the one before. */
    synchronized void reload() {
        if (head != null) {
            load(head);
        }
    }

    private void load(StreamId after) {
        state = null;
        waiting = new ArrayList<>();
        loadAfter = after;
        generation++;
        onLoading.run();
    }

    // ------------------------------------------------------------------ loading

    /** Runs whenever the board has to be loaded, under locks: it must not block. */
    synchronized void onLoading(Runnable action) {
        onLoading = action;
        if (loadAfter != null && state == null) {
            action.run();
        }
    }

    /**
     * What has to be loaded.
     *
     * @param after the position that the loaded state must have: later events are waiting here
     */
    record Task(int generation, StreamId after) {}

    /** What has to be loaded now; null if the board is ready or reading has not begun. */
    synchronized @Nullable Task task() {
        return state == null && loadAfter != null ? new Task(generation, loadAfter) : null;
    }

    /** Whether a task is still to be done: false once the instance missed events, so that a loaded state is of no use. */
    synchronized boolean isOpen(Task task) {
        return task.generation() == generation && state == null;
    }

    /** Whether this instance has read the stream up to a position. */
    synchronized boolean hasRead(StreamId position) {
        return head != null && head.compareTo(position) >= 0;
    }

    /**
     * Takes over a loaded state, and folds the events that waited and that it has not seen.
     *
     * @return false if the task is not {@link #isOpen open} any more
     */
    synchronized boolean install(Task task, String epochOfState, BoardState loaded) {
        if (!isOpen(task)) {
            return false;
        }
        waiting.forEach(record -> fold(record, loaded));
        waiting = new ArrayList<>();
        state = loaded;
        stateEpoch = epochOfState;
        return true;
    }

    /** The epoch of the loaded state; null while the board is being loaded. */
    synchronized @Nullable String loadedEpoch() {
        return state == null ? null : stateEpoch;
    }

    /**
     * What has changed between two positions.
     *
     * @param to the position of the board
     * @param entries all entries with events after the first position
     * @param removed what was dropped after the first position; null if that is not known any more
     */
    record Delta(
            String epoch,
            StreamId to,
            List<Entry> entries,
            @Nullable List<BoardState.Removal> removed) {}

    /** Runs once so many events have come since {@link #since} was asked last, under locks: it must not block. */
    synchronized void onMany(int events, Runnable action) {
        many = events;
        onMany = action;
    }

    /** What has changed since a position; null while the board is being loaded. */
    synchronized @Nullable Delta since(StreamId after) {
        come = 0;
        if (state == null) {
            return null;
        }
        List<Entry> entries = new ArrayList<>(state.calls.since(after));
        entries.addAll(state.orders.since(after));
        entries.addAll(state.people.since(after));
        return new Delta(stateEpoch, state.position(), entries, state.removedSince(after));
    }

    /** The whole board; null while it is being loaded. */
    @Nullable
    Delta everything() {
        return since(BEGINNING);
    }

    // ------------------------------------------------------------------ what it shows

    /** Whether the board is loaded. */
    public synchronized boolean isReady() {
        return state != null;
    }

    /** The calls: those that go on, and those that are over as long as they are kept. */
    public Listing<CallEntry> calls() throws NotReadyException {
        return listing(state -> both(state.calls));
    }

    /** The orders: the open ones, and the closed ones as long as they are kept. */
    public Listing<OrderEntry> orders() throws NotReadyException {
        return listing(state -> both(state.orders));
    }

    /** Everybody who was announced as online. */
    public Listing<PersonEntry> people() throws NotReadyException {
        return listing(state -> state.people.live());
    }

    private static <E extends Entry> List<E> both(Entries<E> entries) {
        List<E> all = new ArrayList<>(entries.live());
        all.addAll(entries.over());
        return all;
    }

    private synchronized <T> Listing<T> listing(Function<BoardState, List<T>> list) throws NotReadyException {
        if (state == null) {
            throw new NotReadyException();
        }
        return new Listing<>(Position.text(stateEpoch, state.position()), list.apply(state));
    }

    /**
     * Looks at what may still have to be told, under the board's lock: be quick.
     *
     * @return null while the board is being loaded
     */
    public synchronized <T> @Nullable T untold(Function<Untold, T> look) {
        return state == null ? null : look.apply(state.untold);
    }

    /** Whether the board has seen all events up to a position. False while it is being loaded. */
    public synchronized boolean hasSeen(StreamId id) {
        return state != null && state.position().compareTo(id) >= 0;
    }

    /** Whether a user is on an answered call. False while the board is being loaded. Never waits. */
    public synchronized boolean isTalking(String userKey) {
        return state != null && state.isTalking(userKey);
    }

    /**
     * What is going on in a room. Call it within {@code FanOut.atPosition} for the state at that position.
     *
     * @throws NotReadyException while the board is being loaded
     */
    public synchronized RoomState in(Room room) throws NotReadyException {
        if (state == null) {
            throw new NotReadyException();
        }
        List<CallEntry> calls = state.calls.latest(room, Snapshot.MOST + 1);
        List<OrderEntry> orders = state.orders.latest(room, Snapshot.MOST + 1);
        return new RoomState(calls, orders);
    }

    /** The calls and orders of a room, those with the latest events first; one more than a snapshot holds, if there are. */
    public record RoomState(List<CallEntry> calls, List<OrderEntry> orders) {

        /** The part that a client gets. Calls come first: fewer of them go on than orders. */
        public Snapshot snapshot() {
            int orderLimit = Math.max(0, Snapshot.MOST - calls.size());
            return new Snapshot(
                    calls.stream().limit(Snapshot.MOST).map(CallEntry::view).toList(),
                    orders.stream().limit(orderLimit).map(OrderEntry::view).toList(),
                    calls.size() + orders.size() > Snapshot.MOST ? true : null);
        }
    }
}
