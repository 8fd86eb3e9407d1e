package dev.realtime.demo;

import java.util.List;
import java.util.random.RandomGenerator;

/** Plausible names of invented people. */
final class Names {

    static final List<String> CITIES = List.of("Саратов", "Самара", "Казань", "Пермь", "Уфа", "Воронеж");

    private static final List<String> WOMEN = List.of(
            "Анна",
            "Мария",
            "Елена",
            "Ольга",
            "Наталья",
            "Ирина",
            "Светлана",
            "Татьяна",
            "Юлия",
            "Дарья",
            "Ксения",
            "Алина",
            "Гульнара",
            "Вероника",
            "Полина");
    private static final List<String> MEN = List.of(
            "Александр",
            "Дмитрий",
            "Сергей",
            "Андрей",
            "Алексей",
            "Иван",
            "Михаил",
            "Николай",
            "Павел",
            "Роман",
            "Тимур",
            "Артём",
            "Кирилл",
            "Егор",
            "Рустам");

    /** In the masculine form; the feminine one appends "а". */
    private static final List<String> SURNAMES = List.of(
            "Абрамов",
            "Беляев",
            "Волков",
            "Гаврилов",
            "Денисов",
            "Егоров",
            "Жуков",
            "Захаров",
            "Калинин",
            "Лебедев",
            "Морозов",
            "Никитин",
            "Орлов",
            "Павлов",
            "Романов",
            "Соловьёв",
            "Тарасов",
            "Ушаков",
            "Фомин",
            "Хасанов",
            "Цветков",
            "Чернов",
            "Шаров",
            "Щербаков",
            "Юсупов");

    private Names() {}

    static String person(RandomGenerator random) {
        String surname = pick(SURNAMES, random);
        return random.nextBoolean() ? pick(WOMEN, random) + " " + surname + "а" : pick(MEN, random) + " " + surname;
    }

    static <T> T pick(List<T> list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }
}
