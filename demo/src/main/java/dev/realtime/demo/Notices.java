package dev.realtime.demo;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import java.util.List;
import java.util.random.RandomGenerator;
import org.json.JSONObject;

/** Notifications: to everybody, to one user, to a city, to the directors. */
final class Notices {

    private static final List<String> TO_ALL = List.of(
            "Обновление справочника цен в 18:00",
            "Телефония работает в обычном режиме",
            "Новая памятка для операторов",
            "Через час короткое совещание");
    private static final List<String> TO_ONE =
            List.of("Заполните карточку последнего звонка", "Клиент просил перезвонить", "Ваш перерыв через 10 минут");
    private static final List<String> TO_A_CITY =
            List.of("Много заявок, мастера заняты до вечера", "Дороги перекрыты, предупреждайте о задержках");
    private static final List<String> TO_DIRECTORS =
            List.of("Очередь звонков длиннее обычного", "Отчёт за смену готов");

    private final RandomGenerator random;

    Notices(RandomGenerator random) {
        this.random = random;
    }

    Posting next(List<Person> onDuty) {
        return switch (random.nextInt(4)) {
            case 0 -> notice("system", TO_ALL, "info");
            case 1 -> notice("city", TO_A_CITY, "warning").to(List.of(Room.city(Names.pick(Names.CITIES, random))));
            case 2 -> notice("queue", TO_DIRECTORS, "warning").to(List.of(Room.DIRECTORS));
            default -> toOne(onDuty);
        };
    }

    private Posting toOne(List<Person> onDuty) {
        Posting posting = notice("personal", TO_ONE, "info");
        if (!onDuty.isEmpty()) {
            posting.body().put("userId", Names.pick(onDuty, random).id());
        }
        return posting;
    }

    private Posting notice(String type, List<String> texts, String severity) {
        return Posting.of(
                BroadcastEvent.NOTIFICATION,
                new JSONObject()
                        .put("type", type)
                        .put("message", Names.pick(texts, random))
                        .put("severity", severity));
    }
}
