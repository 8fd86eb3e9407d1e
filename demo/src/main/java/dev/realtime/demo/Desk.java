package dev.realtime.demo;

import dev.realtime.contracts.Room;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A person at work or away, with browser tabs that reconnect while the person is at work. Confined to the
 * {@link Floor}'s thread.
 */
final class Desk {

    private static final int MOST_ORDERS = 3;

    /** Retries while the service is unavailable: the delay doubles from this one to {@link #LAST_RETRY_MILLIS}. */
    private static final long FIRST_RETRY_MILLIS = 500;

    private static final long LAST_RETRY_MILLIS = 8_000;

    private final Person person;
    private final Floor floor;
    private final RandomGenerator random;
    private final Runnable onSentAway;
    private final List<Place> places = new ArrayList<>();
    private final List<Room> orders = new ArrayList<>();
    private boolean atWork;

    /**
     * The person starts away.
     *
     * @param onSentAway called when the service has sent the person away; the person has left by then
     */
    Desk(Person person, Floor floor, RandomGenerator random, Runnable onSentAway) {
        this.person = person;
        this.floor = floor;
        this.random = random;
        this.onSentAway = onSentAway;
        person.tabs().forEach(transports -> places.add(new Place(transports)));
    }

    Person person() {
        return person;
    }

    boolean isAtWork() {
        return atWork;
    }

    int openTabs() {
        return (int) places.stream().filter(place -> place.open).count();
    }

    void arrive() {
        if (!atWork) {
            atWork = true;
            places.forEach(Place::connect);
        }
    }

    void leave() {
        atWork = false;
        orders.clear();
        places.forEach(Place::close);
    }

    /** Joins the order's room in the first open tab, for a time. */
    void lookAt(Room order, Duration time) {
        if (openTabs() == 0 || orders.size() >= MOST_ORDERS || orders.contains(order)) {
            return;
        }
        Place place = places.stream().filter(each -> each.open).findFirst().orElseThrow();
        Tab tab = place.tab;
        if (tab == null) {
            return;
        }
        orders.add(order);
        tab.join(order);
        floor.in(time, () -> {
            // If the tab was replaced, its rooms are gone with it.
            orders.remove(order);
            if (place.tab == tab) {
                tab.leave(order);
            }
        });
    }

    /** One of the person's tabs, which is reopened after each loss. */
    private final class Place {

        private final List<String> transports;
        private @Nullable Tab tab;
        private boolean open;
        private int failures;

        /** Counts openings and closings, so that late callbacks of an earlier tab are ignored. */
        private int turn;

        Place(List<String> transports) {
            this.transports = transports;
        }

        void connect() {
            int mine = ++turn;
            tab = floor.open(person, transports, new Tab.Listener() {
                @Override
                public void opened() {
                    floor.run(() -> {
                        if (turn == mine) {
                            open = true;
                            failures = 0;
                        }
                    });
                }

                @Override
                public void lost(Loss loss, @Nullable String code) {
                    floor.run(() -> {
                        if (turn == mine) {
                            Place.this.lost(loss, code);
                        }
                    });
                }
            });
        }

        void close() {
            turn++;
            open = false;
            if (tab != null) {
                tab.close();
                tab = null;
            }
        }

        private void lost(Loss loss, @Nullable String code) {
            close();
            if (loss == Loss.SENT_AWAY) {
                floor.sentAway(code);
                leave();
                onSentAway.run();
                return;
            }
            int due = turn;
            long longest = Math.min(LAST_RETRY_MILLIS, FIRST_RETRY_MILLIS << Math.min(failures++, 10));
            floor.in(Duration.ofMillis(longest / 2 + random.nextLong(longest)), () -> {
                if (turn == due && atWork) {
                    connect();
                }
            });
        }
    }
}
