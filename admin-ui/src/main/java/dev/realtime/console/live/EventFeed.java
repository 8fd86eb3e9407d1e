package dev.realtime.console.live;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.RoomKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The newest {@value #MOST} events, and the number of events per second over the last minutes. Thread-safe. */
@Component
public final class EventFeed {

    /** The most events kept. */
    public static final int MOST = 2_000;

    /** How long after its last event an order counts as active, so that somebody should watch it. */
    private static final Duration ORDER_SPAN = Duration.ofMinutes(15);

    /** Older events were not read as they happened. */
    private static final Duration LATE = Duration.ofSeconds(3);

    private static final int MOST_ORDERS = 1_000;

    private final Deque<FeedEvent> events = new ArrayDeque<>();
    private final Map<Room, Instant> orders = new LinkedHashMap<>();
    private final Rates<String> byName = new Rates<>();
    private final Rates<Room> byRoom = new Rates<>();
    private final Series perSecond = new Series();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private long number;

    /** Adds a listener that is called after each event, on the thread that reads the stream. It must not wait. */
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void add(FeedEvent event, Instant now) {
        note(event, now);
        listeners.forEach(Runnable::run);
    }

    private synchronized void note(FeedEvent event, Instant now) {
        number++;
        events.addFirst(event);
        if (events.size() > MOST) {
            events.removeLast();
        }
        // Events that were read late, after an outage, did not happen all at once.
        Instant when = event.at().isBefore(now.minus(LATE)) ? event.at() : now;
        byName.add(event.event(), when);
        for (Room room : event.to()) {
            byRoom.add(room, when);
            if (room.kind() == RoomKind.ORDER) {
                orders.remove(room);
                orders.put(room, event.at());
            }
        }
        while (orders.size() > MOST_ORDERS) {
            orders.remove(orders.keySet().iterator().next());
        }
    }

    /** Records the number of events in the last full second. */
    synchronized void tick(Instant now) {
        perSecond.add(now, byName.lastSecond(now));
    }

    /** Number of events since the start; changes with every event. */
    public synchronized long number() {
        return number;
    }

    /** The newest events, newest first. */
    public synchronized List<FeedEvent> newest(int count) {
        return events.stream().limit(count).toList();
    }

    /** The number of events in each second. */
    public Series perSecond() {
        return perSecond;
    }

    /** Events in the last minute, by name. */
    public synchronized Map<String, Integer> perMinuteByName(Instant now) {
        return byName.lastMinute(now);
    }

    /** Events in the last minute, by room. */
    public synchronized Map<Room, Integer> perMinuteByRoom(Instant now) {
        return byRoom.lastMinute(now);
    }

    /** The rooms of orders with an event in the last 15 minutes, latest first. */
    public synchronized List<Room> busyOrders(Instant now) {
        orders.values().removeIf(at -> at.isBefore(now.minus(ORDER_SPAN)));
        List<Room> rooms = new ArrayList<>(orders.keySet());
        return rooms.reversed();
    }

    /** The time of the last event of one of {@link #busyOrders}; null for other rooms. */
    public synchronized @Nullable Instant lastOf(Room order) {
        return orders.get(order);
    }
}
