package dev.realtime.demo;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * The orders: each is new, gets a master, goes through its statuses, gets its price and is done; some are cancelled. The last
 * statuses are among those that close an order on the gateway's board. At
 * most {@value #MOST} are open at once.
 */
final class Orders {

    static final int MOST = 25;
    static final String FIRST_STATUS = "Новый";

    private static final List<String> STATUSES = List.of(FIRST_STATUS, "Принят", "В пути", "В работе");
    private static final List<String> CALLED_OFF = List.of("Отказ", "Отменён");
    private static final List<String> DONE = List.of("Готово", "Готово", "Готово", "Закрыт");
    private static final int MASTERS = 40;

    private final RandomGenerator random;
    private final List<Order> open = new ArrayList<>();
    private final List<String> masters = new ArrayList<>();
    private int nextId;

    Orders(int firstId, RandomGenerator random) {
        this.nextId = firstId;
        this.random = random;
        for (int i = 0; i < MASTERS; i++) {
            masters.add(Names.person(random));
        }
    }

    /** The next event of an order. A new order takes a call from the supplier, if there is one. */
    Posting next(Supplier<@Nullable Call> calls) {
        if (open.size() < 3 || (open.size() < MOST && random.nextInt(100) < 25)) {
            return begin(calls.get());
        }
        Order order = open.get(random.nextInt(open.size()));
        if (order.master.isEmpty()) {
            return assign(order);
        }
        if (order.status.equals("В работе") && order.price == 0) {
            return price(order);
        }
        return move(order);
    }

    /** The open orders. */
    List<Order> open() {
        return List.copyOf(open);
    }

    private Posting begin(@Nullable Call call) {
        String city = call == null ? Names.pick(Names.CITIES, random) : call.city;
        String phone = call == null ? "+7 999 000-00-00" : call.phone;
        Order order = new Order(nextId++, city, Names.person(random), phone);
        open.add(order);
        JSONObject payload = payload(order);
        if (call != null) {
            payload.put("callId", call.id);
        }
        Posting posting = Posting.of(BroadcastEvent.ORDER_NEW, payload);
        // Half of the orders name their rooms, as an orders service would.
        return random.nextBoolean()
                ? posting
                : posting.to(List.of(Room.OPERATORS, Room.DIRECTORS, Room.city(order.city)));
    }

    private Posting assign(Order order) {
        int master = random.nextInt(MASTERS);
        order.master = masters.get(master);
        return Posting.of(
                BroadcastEvent.ORDER_MASTER_ASSIGNED,
                new JSONObject()
                        .put("orderId", order.id)
                        .put("masterId", 501 + master)
                        .put("masterName", order.master));
    }

    private Posting price(Order order) {
        order.price = 500 * (2 + random.nextInt(30));
        Posting posting = Posting.of(BroadcastEvent.ORDER_UPDATED, payload(order));
        return random.nextInt(3) > 0 ? posting : posting.to(List.of(order.room(), Room.city(order.city)));
    }

    private Posting move(Order order) {
        String old = order.status;
        boolean calledOff = random.nextInt(100) < 4;
        boolean last = calledOff || old.equals(STATUSES.getLast());
        order.status = calledOff
                ? Names.pick(CALLED_OFF, random)
                : last ? Names.pick(DONE, random) : STATUSES.get(STATUSES.indexOf(old) + 1);
        if (last) {
            open.remove(order);
        }
        return Posting.of(
                BroadcastEvent.ORDER_STATUS_CHANGED,
                new JSONObject().put("orderId", order.id).put("oldStatus", old).put("newStatus", order.status));
    }

    private static JSONObject payload(Order order) {
        JSONObject payload = new JSONObject()
                .put("id", order.id)
                .put("clientName", order.client)
                .put("phone", order.phone)
                .put("city", order.city)
                .put("statusOrder", order.status);
        if (!order.master.isEmpty()) {
            payload.put("masterName", order.master);
        }
        if (order.price > 0) {
            payload.put("price", order.price);
        }
        return payload;
    }
}
