package dev.realtime.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Creates the people: operators with ids from {@value #FIRST_OPERATOR}, most of them in one of six cities, and one
 * director for every eight operators, with ids from {@value #FIRST_DIRECTOR}. Some have two tabs, some two cities, some
 * a network that blocks WebSocket.
 */
final class Staff {

    static final int FIRST_OPERATOR = 101;
    static final int FIRST_DIRECTOR = 11;

    private static final List<String> WEBSOCKET = List.of("websocket");
    private static final List<String> POLLING = List.of("polling");
    private static final List<String> UPGRADING = List.of("polling", "websocket");

    private final RandomGenerator random;
    private final Set<String> taken = new HashSet<>();

    private Staff(RandomGenerator random) {
        this.random = random;
    }

    static List<Person> engage(int operators, RandomGenerator random) {
        Staff staff = new Staff(random);
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < operators; i++) {
            people.add(staff.person(FIRST_OPERATOR + i, Person.OPERATOR, staff.operatorsCities(i)));
        }
        int directors = Math.max(1, operators / 8);
        for (int i = 0; i < directors; i++) {
            // The first director is responsible for all cities, the others for one each.
            List<String> cities = i == 0 ? List.of() : List.of(Names.CITIES.get((i - 1) % Names.CITIES.size()));
            people.add(staff.person(FIRST_DIRECTOR + i, Person.DIRECTOR, cities));
        }
        return people;
    }

    private List<String> operatorsCities(int index) {
        if (index % 11 == 10) {
            return List.of();
        }
        String city = Names.CITIES.get(index % Names.CITIES.size());
        return index % 7 == 6 ? List.of(city, Names.CITIES.get((index + 1) % Names.CITIES.size())) : List.of(city);
    }

    private Person person(int id, String role, List<String> cities) {
        List<List<String>> tabs = new ArrayList<>();
        tabs.add(transports());
        if (random.nextInt(4) == 0) {
            tabs.add(transports());
        }
        return new Person(id, role, freshName(), role.charAt(0) + Integer.toString(id), cities, tabs);
    }

    private String freshName() {
        for (int attempt = 0; attempt < 50; attempt++) {
            String name = Names.person(random);
            if (taken.add(name.toLowerCase(Locale.ROOT))) {
                return name;
            }
        }
        return Names.person(random);
    }

    private List<String> transports() {
        int dice = random.nextInt(10);
        return dice < 4 ? WEBSOCKET : dice < 7 ? UPGRADING : POLLING;
    }
}
