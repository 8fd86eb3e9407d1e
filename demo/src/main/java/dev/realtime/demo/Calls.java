package dev.realtime.demo;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * The calls: each begins with {@code call:new}, is answered or missed, and ends, with statuses that the gateway's board
 * knows. An operator has one call at a time; a call for which nobody is free waits for the first who is. At most
 * {@value #MOST} are open at once, and at most {@value #PER_OPERATOR} per operator on duty, but {@value #LEAST} are always allowed.
 */
final class Calls {

    static final int MOST = 30;
    static final int LEAST = 4;
    static final double PER_OPERATOR = 0.5;

    static final List<String> ANSWERED = List.of("answered", "in_progress", "talking", "active");
    static final List<String> MISSED = List.of("missed", "no_answer", "busy", "cancelled");

    private static final int MOST_REMEMBERED = 20;

    /** Numbers that are not assigned: the first three digits after the code are zeros. */
    private static final String PHONES = "+7 999 000-%02d-%02d";

    private final RandomGenerator random;
    private final InstantSource clock;
    private final List<Call> open = new ArrayList<>();
    private final Deque<Call> answered = new ArrayDeque<>();
    private int nextId;

    Calls(int firstId, RandomGenerator random, InstantSource clock) {
        this.nextId = firstId;
        this.random = random;
        this.clock = clock;
    }

    /** The next event of a call. */
    Posting next(List<Person> onDuty) {
        int limit = Math.clamp(Math.round(onDuty.size() * PER_OPERATOR), LEAST, MOST);
        if (open.isEmpty() || (open.size() < limit && random.nextInt(100) < 45)) {
            return begin(onDuty);
        }
        // One of the older half.
        Call call = open.get(random.nextInt((open.size() + 1) / 2));
        if (call.isRinging() && random.nextInt(100) < 88) {
            return answer(call, onDuty);
        }
        return !call.isRinging() && random.nextInt(100) < 25 ? note(call) : end(call);
    }

    int openCalls() {
        return open.size();
    }

    /** Removes and returns an answered call that has ended; null if there is none. */
    @Nullable
    Call takeAnswered() {
        return answered.poll();
    }

    private Posting begin(List<Person> onDuty) {
        Person operator = free(onDuty);
        String city = operator == null || operator.cities().isEmpty()
                ? Names.pick(Names.CITIES, random)
                : operator.cities().getFirst();
        String phone = PHONES.formatted(random.nextInt(100), random.nextInt(100));
        Call call = new Call(nextId++, phone, city, operator, clock.instant());
        open.add(call);
        JSONObject payload = payload(call).put("phoneAts", "+7 999 000-00-0" + (1 + Names.CITIES.indexOf(city)));
        Posting posting = Posting.of(BroadcastEvent.CALL_NEW, payload);
        if (operator == null || random.nextInt(3) > 0) {
            return posting;
        }
        // Names the rooms as a calls service would: all operators, and the call's operator.
        return posting.to(List.of(Room.OPERATORS, Room.operator(Integer.toString(operator.id()))));
    }

    /** Somebody without a call; null if there is nobody. */
    private @Nullable Person free(List<Person> onDuty) {
        List<Person> free = onDuty.stream()
                .filter(person -> open.stream().noneMatch(call -> person.equals(call.operator)))
                .toList();
        return free.isEmpty() ? null : Names.pick(free, random);
    }

    private Posting answer(Call call, List<Person> onDuty) {
        if (call.operator == null) {
            call.operator = free(onDuty);
        }
        call.answer(Names.pick(ANSWERED, random));
        return Posting.of(BroadcastEvent.CALL_UPDATED, payload(call));
    }

    private Posting note(Call call) {
        String comment = Names.pick(
                List.of("Уточняет адрес", "Перезвонить вечером", "Просит скидку", "Ждёт мастера", "Повторный клиент"),
                random);
        Posting posting = Posting.of(BroadcastEvent.CALL_UPDATED, payload(call).put("comment", comment));
        return random.nextBoolean() ? posting : posting.to(List.of(Room.city(call.city), Room.DIRECTORS));
    }

    private Posting end(Call call) {
        open.remove(call);
        boolean missed = call.isRinging();
        call.status = missed ? Names.pick(MISSED, random) : "ended";
        JSONObject payload = payload(call);
        if (!missed) {
            payload.put("recordingPath", "/recordings/demo/" + call.id + ".mp3");
            answered.add(call);
            if (answered.size() > MOST_REMEMBERED) {
                answered.remove();
            }
        }
        return Posting.of(BroadcastEvent.CALL_ENDED, payload);
    }

    private JSONObject payload(Call call) {
        return call.payload(clock.instant());
    }
}
