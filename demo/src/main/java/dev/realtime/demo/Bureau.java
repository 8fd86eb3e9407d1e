package dev.realtime.demo;

import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Produces the call centre's events one by one: of a hundred, 68 are of calls, 30 of orders and two are notifications.
 */
final class Bureau {

    private final RandomGenerator random;
    private final Calls calls;
    private final Orders orders;
    private final Notices notices;

    /** @param firstId the first id of calls and orders */
    Bureau(int firstId, RandomGenerator random, InstantSource clock) {
        this.random = random;
        this.calls = new Calls(firstId, random, clock);
        this.orders = new Orders(firstId, random);
        this.notices = new Notices(random);
    }

    Posting next(List<Person> onDuty) {
        int dice = random.nextInt(100);
        if (dice < 68) {
            return calls.next(onDuty);
        }
        return dice < 98 ? orders.next(calls::takeAnswered) : notices.next(onDuty);
    }

    List<Order> openOrders() {
        return orders.open();
    }
}
