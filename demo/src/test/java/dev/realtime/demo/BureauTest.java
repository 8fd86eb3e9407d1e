package dev.realtime.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;

/** Checks what must hold for a few thousand events. */
class BureauTest {

    private static final int EVENTS = 5000;

    private final List<Person> onDuty = Staff.engage(40, new SplittableRandom(1)).stream()
            .filter(Person::isOperator)
            .toList();

    private static JSONObject payload(Posting posting) {
        return posting.event()
                .payloadField()
                .map(field -> posting.body().getJSONObject(field))
                .orElse(posting.body());
    }

    private List<Posting> events() {
        Bureau bureau = new Bureau(1, new SplittableRandom(3), InstantSource.system());
        return IntStream.range(0, EVENTS).mapToObj(i -> bureau.next(onDuty)).toList();
    }

    @Test
    void producesEveryKindWithItsRequiredField() {
        List<Posting> events = events();
        Map<BroadcastEvent, Long> kinds =
                events.stream().collect(Collectors.groupingBy(Posting::event, Collectors.counting()));
        for (BroadcastEvent event : BroadcastEvent.values()) {
            assertThat(kinds.containsKey(event))
                    .as(event.wireName())
                    .isEqualTo(event.path().isPresent());
        }
        assertThat(events)
                .allSatisfy(posting -> assertThat(
                                payload(posting).has(posting.event().requiredField()))
                        .isTrue());
    }

    @Test
    void namesRoomsInSomePostings() {
        List<Posting> events = events();
        List<Posting> named =
                events.stream().filter(posting -> posting.body().has("rooms")).toList();
        assertThat(named.size()).isBetween(EVENTS / 20, EVENTS / 2);
        assertThat(named)
                .allSatisfy(posting -> posting.body()
                        .getJSONArray("rooms")
                        .forEach(room ->
                                assertThat(Room.parse((String) room).toString()).isEqualTo(room)));
    }

    @Test
    void aCallIsNewThenUpdatedThenEndsOnce() {
        Map<Integer, List<BroadcastEvent>> calls = new HashMap<>();
        for (Posting posting : events()) {
            if (posting.event().isCall()) {
                JSONObject call = payload(posting);
                calls.computeIfAbsent(call.getInt("id"), id -> new ArrayList<>())
                        .add(posting.event());
                assertThat(call.getString("phoneClient")).matches("\\+7 999 000-\\d\\d-\\d\\d");
            }
        }
        assertThat(calls.size()).isGreaterThan(500);
        assertThat(calls.values()).allSatisfy(course -> {
            assertThat(course.getFirst()).isEqualTo(BroadcastEvent.CALL_NEW);
            assertThat(course.stream().skip(1)).doesNotContain(BroadcastEvent.CALL_NEW);
            assertThat(course.subList(0, course.size() - 1)).doesNotContain(BroadcastEvent.CALL_ENDED);
        });
        assertThat(calls.values().stream().filter(course -> course.getLast() != BroadcastEvent.CALL_ENDED))
                .hasSizeLessThanOrEqualTo(Calls.MOST);
    }

    @Test
    void callsAreAnsweredOrMissedByAnOperatorWithoutAnotherCall() {
        Map<Integer, Integer> talking = new HashMap<>();
        List<String> answers = new ArrayList<>();
        List<String> misses = new ArrayList<>();
        for (Posting posting : events()) {
            if (!posting.event().isCall()) {
                continue;
            }
            JSONObject call = payload(posting);
            String status = call.getString("status");
            if (posting.event() == BroadcastEvent.CALL_UPDATED) {
                answers.add(status);
                int operator = call.getInt("operatorId");
                assertThat(talking.put(operator, call.getInt("id"))).isIn(null, call.getInt("id"));
            } else if (posting.event() == BroadcastEvent.CALL_ENDED) {
                talking.values().remove(call.getInt("id"));
                if (!status.equals("ended")) {
                    misses.add(status);
                }
            }
        }
        assertThat(answers).containsOnlyElementsOf(Calls.ANSWERED).containsAll(Calls.ANSWERED);
        assertThat(misses).containsOnlyElementsOf(Calls.MISSED).containsAll(Calls.MISSED);
    }

    @Test
    void openCallsAreBoundedByTheOperatorsOnDuty() {
        Calls calls = new Calls(1, new SplittableRandom(1), InstantSource.system());
        for (int i = 0; i < EVENTS; i++) {
            calls.next(onDuty);
            assertThat(calls.openCalls()).isLessThanOrEqualTo(20);
        }
        Calls unattended = new Calls(1, new SplittableRandom(1), InstantSource.system());
        for (int i = 0; i < EVENTS; i++) {
            assertThat(payload(unattended.next(List.of())).has("operatorId")).isFalse();
            assertThat(unattended.openCalls()).isLessThanOrEqualTo(Calls.LEAST);
        }
    }

    @Test
    void orderStatusesFollowEachOtherAndOpenOrdersAreBounded() {
        Orders orders = new Orders(1, new SplittableRandom(1));
        Map<Integer, String> statuses = new HashMap<>();
        for (int i = 0; i < EVENTS; i++) {
            Posting posting = orders.next(() -> null);
            JSONObject payload = payload(posting);
            assertThat(orders.open()).hasSizeLessThanOrEqualTo(Orders.MOST);
            if (posting.event() == BroadcastEvent.ORDER_NEW) {
                statuses.put(payload.getInt("id"), payload.getString("statusOrder"));
            } else if (posting.event() == BroadcastEvent.ORDER_STATUS_CHANGED) {
                assertThat(statuses.put(payload.getInt("orderId"), payload.getString("newStatus")))
                        .isEqualTo(payload.getString("oldStatus"));
            }
        }
        assertThat(statuses.values()).contains("Готово", "Закрыт", "Отказ", "Отменён");
    }
}
