package dev.realtime.service.board;

import dev.realtime.contracts.Room;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one kind by key, in the order of their last events. What is over is kept apart. Not thread-safe.
 *
 * @param <E> the kind
 */
final class Entries<E extends Entry> {

    private final SequencedMap<String, E> live = new LinkedHashMap<>();
    private final SequencedMap<String, E> over = new LinkedHashMap<>();
    /** The live entries of each room, in the order of their last events; rooms without entries are absent. */
    private final Map<Room, SequencedMap<String, E>> byRoom = new HashMap<>();

    private final Consumer<E> onPut;
    private final Consumer<E> onRemove;

    Entries() {
        this(put -> {}, removed -> {});
    }

    /** Entries with an index elsewhere. An entry that another one replaces is removed first. */
    Entries(Consumer<E> onPut, Consumer<E> onRemove) {
        this.onPut = onPut;
        this.onRemove = onRemove;
    }

    @Nullable
    E get(String key) {
        E found = live.get(key);
        return found == null ? over.get(key) : found;
    }

    /** Puts an entry behind all others. */
    void put(E entry) {
        String key = entry.key();
        E known = live.get(key);
        if (known == null || entry.isOver() || !known.rooms().equals(entry.rooms())) {
            remove(key);
        } else {
            onRemove.accept(known);
        }
        onPut.accept(entry);
        if (entry.isOver()) {
            over.put(key, entry);
            return;
        }
        // Most events of an entry go to the rooms of the one before: moving it costs half of removing and adding it.
        live.putLast(key, entry);
        for (Room room : entry.rooms()) {
            byRoom.computeIfAbsent(room, absent -> new LinkedHashMap<>()).putLast(key, entry);
        }
    }

    void remove(String key) {
        E known = live.remove(key);
        if (known == null) {
            E ended = over.remove(key);
            if (ended != null) {
                onRemove.accept(ended);
            }
            return;
        }
        onRemove.accept(known);
        for (Room room : known.rooms()) {
            SequencedMap<String, E> there = byRoom.get(room);
            if (there != null) {
                there.remove(key);
                if (there.isEmpty()) {
                    byRoom.remove(room);
                }
            }
        }
    }

    int size() {
        return live.size() + over.size();
    }

    /** The live entries, those with the oldest events first. */
    List<E> live() {
        return List.copyOf(live.values());
    }

    /** What is over, those with the oldest events first. */
    List<E> over() {
        return List.copyOf(over.values());
    }

    /** Up to {@code most} live entries of a room, those with the latest events first. */
    List<E> latest(Room room, int most) {
        SequencedMap<String, E> there = byRoom.get(room);
        return there == null
                ? List.of()
                : there.sequencedValues().reversed().stream().limit(most).toList();
    }

    /** The live entry with the oldest event. */
    @Nullable
    E oldestLive() {
        return live.isEmpty() ? null : live.firstEntry().getValue();
    }

    /** What is over, with the oldest event. */
    @Nullable
    E oldestOver() {
        return over.isEmpty() ? null : over.firstEntry().getValue();
    }

    /** All entries whose last event comes after an id. */
    List<E> since(StreamId after) {
        List<E> later = new ArrayList<>();
        collect(live, after, later);
        collect(over, after, later);
        return later;
    }

    private static <E extends Entry> void collect(SequencedMap<String, E> from, StreamId after, Collection<E> later) {
        Iterator<E> latestFirst = from.sequencedValues().reversed().iterator();
        while (latestFirst.hasNext()) {
            E entry = latestFirst.next();
            if (entry.last().compareTo(after) <= 0) {
                return;
            }
            later.add(entry);
        }
    }
}
