package dev.realtime.service.board;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.board.CallStage;
import dev.realtime.contracts.board.PersonStatus;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The board at one position of the stream: a function of the events up to there, so that every instance has the same.
 * Times are those of the stream, never a machine's own. Not thread-safe.
 */
final class BoardState {

    /** How many removals are remembered; a save that needs more writes the whole board. */
    private static final int MOST_REMOVALS = 5_000;

    /** The highest step of {@code call:unanswered} that is believed; any publisher can send one. */
    private static final int MOST_STEPS = 1_000;

    private final BoardProperties properties;
    private final CallFold callFold;
    private final OrderFold orderFold;

    /** What may still have to be told. */
    final Untold untold = new Untold();

    final Entries<CallEntry> calls = new Entries<>(untold::add, untold::remove);
    final Entries<OrderEntry> orders = new Entries<>();
    final Entries<PersonEntry> people = new Entries<>(untold::add, untold::remove);
    /** The live calls of each operator in each stage, those that reached it first come first. */
    private final Map<Line, NavigableSet<CallEntry>> callsOf = new HashMap<>();

    /** The latest removals, the oldest first: all since {@link #removalsAfter}. */
    private final Deque<Removal> removals = new ArrayDeque<>();

    private StreamId removalsAfter;
    private StreamId position;
    private long evicted;

    /** An empty board at a position. */
    BoardState(BoardProperties properties, StreamId position) {
        this.properties = properties;
        this.callFold = new CallFold(properties);
        this.orderFold = new OrderFold(properties);
        this.position = position;
        this.removalsAfter = position;
    }

    /** An operator's calls in one stage. */
    private record Line(String operatorKey, CallStage stage) {

        /** A total order that does not depend on the order of events, so that it survives being saved. */
        static final Comparator<CallEntry> ORDER =
                Comparator.comparingLong(CallEntry::stageSince).thenComparing(CallEntry::key);
    }

    /**
     * An entry that was dropped.
     *
     * @param at the position at which it was dropped
     */
    record Removal(StreamId at, Kind kind, String key) {}

    /** The last record of the stream that the board has seen. */
    StreamId position() {
        return position;
    }

    /** How many entries were dropped because there were too many. */
    long evicted() {
        return evicted;
    }

    /** Puts back an entry that was saved, the one with the oldest event first. */
    void restore(Entry entry) {
        switch (entry) {
            case CallEntry call -> put(call);
            case OrderEntry order -> orders.put(order);
            case PersonEntry person -> people.put(person);
        }
    }

    /** Moves on to a position without any record in between. */
    void moveTo(StreamId id) {
        position = id;
    }

    /**
     * What was dropped after a position and has not come back, the latest first; null if that is not known any more.
     */
    @Nullable
    List<Removal> removedSince(StreamId after) {
        return after.compareTo(removalsAfter) < 0
                ? null
                : removals.reversed().stream()
                        .takeWhile(removal -> removal.at().compareTo(after) > 0)
                        .filter(removal -> !has(removal.kind(), removal.key()))
                        .toList();
    }

    private boolean has(Kind kind, String key) {
        return switch (kind) {
            case CALL -> calls.get(key) != null;
            case ORDER -> orders.get(key) != null;
            case PERSON -> people.get(key) != null;
        };
    }

    /** Folds an event that comes after the position. */
    void apply(Change change) {
        switch (change.event()) {
            case CALL_NEW, CALL_UPDATED, CALL_ENDED -> applyCall(change);
            case CALL_UNANSWERED -> applyUnanswered(change);
            case ORDER_NEW, ORDER_UPDATED, ORDER_MASTER_ASSIGNED, ORDER_STATUS_CHANGED -> applyOrder(change);
            case USER_ONLINE, USER_OFFLINE -> applyPresence(change);
            case USER_STATUS -> applyTold(change);
            case NOTIFICATION, NOTIFICATION_RECALLED -> {
                // Nothing that goes on.
            }
        }
        pass(change.id());
    }

    /** Notes that the record with this id is not an event for the board. */
    void pass(StreamId id) {
        position = id;
        expire(id);
        while (calls.size() + orders.size() > properties.maxEntries()) {
            drop(firstToGo());
            evicted++;
        }
        while (people.size() > properties.maxEntries()) {
            drop(people.oldestLive());
            evicted++;
        }
    }

    private void applyCall(Change change) {
        Object id = change.id("id");
        CallEntry before = id == null ? null : calls.get(id.toString());
        CallEntry after = callFold.after(before, change);
        if (after == null) {
            return;
        }
        put(after);
        if (before != null && before.operatorKey() != null) {
            follow(before.operatorKey(), change.id());
        }
        if (after.operatorKey() != null) {
            follow(after.operatorKey(), change.id());
        }
    }

    private void applyUnanswered(Change change) {
        Object id = change.id("call.id");
        CallEntry call = id == null ? null : calls.get(id.toString());
        if (call != null && change.id("step") instanceof Long step && step > 0 && step <= MOST_STEPS) {
            put(CallFold.told(call, step.intValue(), change));
            untold.noteTold();
        }
    }

    private void applyOrder(Change change) {
        Object id = change.id(change.event().requiredField());
        OrderEntry before = id == null ? null : orders.get(id.toString());
        OrderEntry after = orderFold.after(before, change);
        if (after != null) {
            orders.put(after);
        }
    }

    private void applyPresence(Change change) {
        Object id = change.id("userId");
        PersonEntry before = id == null ? null : people.get(id.toString());
        if (id == null) {
            return;
        }
        boolean online = change.event() == BroadcastEvent.USER_ONLINE;
        String name = change.text("name");
        String role = change.text("role");
        people.put(new PersonEntry(
                id,
                name == null && before != null ? before.name() : name,
                role == null && before != null ? before.role() : role,
                online,
                online ? 0 : change.at(),
                before == null ? PersonStatus.OFFLINE : before.status(),
                before == null ? change.at() : before.since(),
                before == null ? null : before.callId(),
                before == null ? null : before.told(),
                before == null ? 0 : before.toldSince(),
                change.id()));
        follow(id.toString(), change.id());
    }

    private void applyTold(Change change) {
        Object id = change.id("userId");
        PersonEntry before = id == null ? null : people.get(id.toString());
        String status = change.text("status");
        if (before == null || status == null) {
            return;
        }
        PersonStatus told = PersonStatus.ofWireName(status).orElse(null);
        people.put(new PersonEntry(
                before.userId(),
                before.name(),
                before.role(),
                before.online(),
                before.lastSeen(),
                before.status(),
                before.since(),
                before.callId(),
                told,
                change.time("since"),
                change.id()));
    }

    /** Works out anew what a person is doing, and since when. */
    private void follow(String userKey, StreamId at) {
        PersonEntry person = people.get(userKey);
        if (person == null) {
            return;
        }
        CallEntry talking = callOf(userKey, CallStage.TALKING);
        CallEntry ringing = callOf(userKey, CallStage.WAITING);
        PersonStatus status;
        CallEntry call = null;
        if (talking != null) {
            status = PersonStatus.TALKING;
            call = talking;
        } else if (!person.online()) {
            status = PersonStatus.OFFLINE;
        } else if (ringing != null) {
            status = PersonStatus.RINGING;
            call = ringing;
        } else {
            status = PersonStatus.FREE;
        }
        Object callId = call == null ? null : call.id();
        boolean same = status == person.status() && Objects.equals(callId, person.callId());
        if (!same) {
            people.put(person.withStatus(status, status == person.status() ? person.since() : at.millis(), callId, at));
        }
    }

    /** Whether a user is on an answered call. */
    boolean isTalking(String userKey) {
        return callOf(userKey, CallStage.TALKING) != null;
    }

    private @Nullable CallEntry callOf(String userKey, CallStage stage) {
        NavigableSet<CallEntry> line = callsOf.get(new Line(userKey, stage));
        return line == null ? null : line.first();
    }

    private void put(CallEntry call) {
        forget(calls.get(call.key()));
        calls.put(call);
        String operator = call.operatorKey();
        if (operator != null && !call.isOver()) {
            callsOf.computeIfAbsent(new Line(operator, call.stage()), absent -> new TreeSet<>(Line.ORDER))
                    .add(call);
        }
    }

    private void forget(@Nullable CallEntry call) {
        String operator = call == null ? null : call.operatorKey();
        if (call != null && operator != null) {
            Line line = new Line(operator, call.stage());
            NavigableSet<CallEntry> theirs = callsOf.get(line);
            if (theirs != null && theirs.remove(call) && theirs.isEmpty()) {
                callsOf.remove(line);
            }
        }
    }

    private void expire(StreamId now) {
        expire(calls.oldestLive(), now, properties.callsFor().toMillis(), calls::oldestLive);
        expire(calls.oldestOver(), now, properties.overFor().toMillis(), calls::oldestOver);
        expire(orders.oldestLive(), now, properties.ordersFor().toMillis(), orders::oldestLive);
        expire(orders.oldestOver(), now, properties.overFor().toMillis(), orders::oldestOver);
    }

    private interface Oldest {
        @Nullable
        Entry get();
    }

    private void expire(@Nullable Entry oldest, StreamId now, long millis, Oldest next) {
        Entry entry = oldest;
        while (entry != null && now.millis() - entry.last().millis() > millis) {
            drop(entry);
            entry = next.get();
        }
    }

    private @Nullable Entry firstToGo() {
        Entry over = older(calls.oldestOver(), orders.oldestOver());
        return over != null ? over : older(calls.oldestLive(), orders.oldestLive());
    }

    private static @Nullable Entry older(@Nullable Entry one, @Nullable Entry other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.last().compareTo(other.last()) <= 0 ? one : other;
    }

    private void drop(@Nullable Entry entry) {
        switch (entry) {
            case CallEntry call -> {
                forget(call);
                calls.remove(call.key());
                note(Kind.CALL, call);
                if (call.operatorKey() != null) {
                    follow(call.operatorKey(), position);
                }
            }
            case OrderEntry order -> {
                orders.remove(order.key());
                note(Kind.ORDER, order);
            }
            case PersonEntry person -> {
                people.remove(person.key());
                note(Kind.PERSON, person);
            }
            case null -> {
                // Nothing is left.
            }
        }
    }

    private void note(Kind kind, Entry dropped) {
        removals.add(new Removal(position, kind, dropped.key()));
        if (removals.size() > MOST_REMOVALS) {
            removalsAfter = removals.remove().at();
        }
    }
}
