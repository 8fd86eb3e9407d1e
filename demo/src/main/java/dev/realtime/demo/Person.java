package dev.realtime.demo;

import java.util.List;

/**
 * A person who works at the call centre.
 *
 * @param id the user's id
 * @param role {@code operator} or {@code director}
 * @param name first name and surname
 * @param login what the person logs in with
 * @param cities the cities whose rooms the person is in; may be empty
 * @param tabs one list of transports for each of the person's browser tabs
 */
record Person(int id, String role, String name, String login, List<String> cities, List<List<String>> tabs) {

    static final String OPERATOR = "operator";
    static final String DIRECTOR = "director";

    Person {
        cities = List.copyOf(cities);
        tabs = List.copyOf(tabs);
    }

    boolean isOperator() {
        return role.equals(OPERATOR);
    }
}
