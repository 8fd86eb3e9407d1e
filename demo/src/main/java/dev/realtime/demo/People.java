package dev.realtime.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The people at work: most of the staff at the start. Every 10 to 20 seconds somebody leaves and another person
 * returns, or somebody reloads the page. In between they look at orders. People whom the service has sent away return
 * after about a minute.
 */
final class People {

    private static final Duration LOOKING_EVERY = Duration.ofSeconds(2);

    private final Floor floor;
    private final RandomGenerator random;
    private final Supplier<List<Order>> openOrders;
    private final List<Desk> desks = new ArrayList<>();

    /** The people who are away, longest first. */
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

    /** Brings people to work, a few at a time. */
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

    /** The operators who are connected now. */
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
                    // A reload: within the grace, so that it is not announced.
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

    /** Prefers orders in the person's own cities. */
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
