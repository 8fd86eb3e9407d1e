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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The events of the last minutes: the newest {@value #MOST} in full, and how many there were each second. Thread-safe.
 */
@Component
public final class EventFeed {

    /** How many events are kept. */
    public static final int MOST = 2_000;

    /** For how long an order that something happened to is one that somebody should watch. */
    private static final Duration ORDER_SPAN = Duration.ofMinutes(15);

    private static final int MOST_ORDERS = 1_000;

    private final Deque<FeedEvent> events = new ArrayDeque<>();
    private final Map<Room, Instant> orders = new LinkedHashMap<>();
    private final Rates<String> byName = new Rates<>();
    private final Rates<Room> byRoom = new Rates<>();
    private final Series perSecond = new Series();
    private long number;

    synchronized void add(FeedEvent event, Instant now) {
        number++;
        events.addFirst(event);
        if (events.size() > MOST) {
            events.removeLast();
        }
        byName.add(event.event(), now);
        for (Room room : event.to()) {
            byRoom.add(room, now);
            if (room.kind() == RoomKind.ORDER) {
                orders.remove(room);
                orders.put(room, event.at());
            }
        }
        while (orders.size() > MOST_ORDERS) {
            orders.remove(orders.keySet().iterator().next());
        }
    }

    /** Notes how many events the last whole second had. */
    synchronized void tick(Instant now) {
        perSecond.add(now, byName.lastSecond(now));
    }

    /** How many events have gone by since the start: has anything happened since? */
    public synchronized long number() {
        return number;
    }

    /** Events, the newest first. */
    public synchronized List<FeedEvent> newest(int count) {
        return events.stream().limit(count).toList();
    }

    /** How many events there were in each second. */
    public Series perSecond() {
        return perSecond;
    }

    /** Events a minute, by name. */
    public synchronized Map<String, Integer> perMinuteByName(Instant now) {
        return byName.lastMinute(now);
    }

    /** Events a minute, by room. */
    public synchronized Map<Room, Integer> perMinuteByRoom(Instant now) {
        return byRoom.lastMinute(now);
    }

    /** The rooms of orders that something happened to in the last 15 minutes, the latest first. */
    public synchronized List<Room> busyOrders(Instant now) {
        orders.values().removeIf(at -> at.isBefore(now.minus(ORDER_SPAN)));
        List<Room> rooms = new ArrayList<>(orders.keySet());
        return rooms.reversed();
    }

    /** When something happened to one of {@link #busyOrders} last; null for another room. */
    public synchronized @Nullable Instant lastOf(Room order) {
        return orders.get(order);
    }
}
