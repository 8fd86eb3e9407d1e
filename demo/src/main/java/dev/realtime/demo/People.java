package dev.realtime.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Who is at work. Most are, at the start; then every 10 to 20 seconds somebody leaves and somebody comes back, or reloads
 * the page. In between they look at orders. Whoever the service has sent away tries again after a minute or so.
 */
final class People {

    private static final Duration LOOKING_EVERY = Duration.ofSeconds(2);

    private final Floor floor;
    private final RandomGenerator random;
    private final Supplier<List<Order>> openOrders;
    private final List<Desk> desks = new ArrayList<>();

    /** Those who may come back, the one who has been away longest first. */
    private final List<Desk> away = new ArrayList<>();

    private volatile List<Person> onDuty = List.of();
    private volatile int openTabs;

    People(List<Person> people, Floor floor, RandomGenerator random, Supplier<List<Order>> openOrders) {
        this.floor = floor;
        this.random = random;
        this.openOrders = openOrders;
        for (Person person : people) {
            desks.add(newDesk(person));
        }
    }

    private Desk newDesk(Person person) {
        List<Desk> self = new ArrayList<>();
        Desk desk = new Desk(
                person,
                floor,
                random,
                () -> floor.in(Duration.ofSeconds(40 + random.nextInt(40)), self.getFirst()::arrive));
        self.add(desk);
        return desk;
    }

    /** Lets them come, a few at a time. */
    void start() {
        floor.run(() -> {
            List<Desk> order = new ArrayList<>(desks);
            Collections.shuffle(order, java.util.Random.from(random));
            int absent = order.size() / 8;
            away.addAll(order.subList(0, absent));
            long millis = 0;
            for (Desk desk : order.subList(absent, order.size())) {
                floor.in(Duration.ofMillis(millis), desk::arrive);
                millis += 30 + random.nextInt(100);
            }
            count();
            change();
            look();
        });
    }

    /** Operators who are connected now. */
    List<Person> onDuty() {
        return onDuty;
    }

    int openTabs() {
        return openTabs;
    }

    /** Closes all tabs. */
    void sendHome() {
        desks.forEach(Desk::leave);
    }

    private void change() {
        floor.in(Duration.ofMillis(10_000 + random.nextInt(10_000)), () -> {
            List<Desk> present = desks.stream().filter(Desk::isAtWork).toList();
            if (!present.isEmpty()) {
                Desk desk = Names.pick(present, random);
                desk.leave();
                if (random.nextInt(4) == 0) {
                    // Sooner than anybody would be told of it.
                    floor.in(Duration.ofMillis(500 + random.nextInt(2_000)), desk::arrive);
                } else {
                    away.add(desk);
                    if (away.size() > 1) {
                        floor.in(Duration.ofMillis(random.nextInt(5_000)), away.removeFirst()::arrive);
                    }
                }
            }
            change();
        });
    }

    private void look() {
        floor.in(LOOKING_EVERY, () -> {
            List<Order> orders = openOrders.get();
            List<Desk> present = desks.stream().filter(Desk::isAtWork).toList();
            if (!orders.isEmpty() && !present.isEmpty()) {
                Desk desk = Names.pick(present, random);
                desk.lookAt(orderFor(desk.person(), orders).room(), Duration.ofSeconds(15 + random.nextInt(75)));
            }
            look();
        });
    }

    /** Rather one of the person's own city. */
    private Order orderFor(Person person, List<Order> orders) {
        List<Order> own = orders.stream()
                .filter(order -> person.cities().contains(order.city))
                .toList();
        return Names.pick(own.isEmpty() ? orders : own, random);
    }

    private void count() {
        floor.in(Duration.ofSeconds(1), () -> {
            onDuty = desks.stream()
                    .filter(desk -> desk.openTabs() > 0)
                    .map(Desk::person)
                    .filter(Person::isOperator)
                    .toList();
            openTabs = desks.stream().mapToInt(Desk::openTabs).sum();
            count();
        });
    }
}
