package dev.realtime.service.payload;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes JSON texts of every shape, with the spellings that a parser which writes again would change. */
final class JsonMaker {

    private static final List<String> SCALARS = List.of(
            "0",
            "-0",
            "1e400",
            "1E-7",
            "12345678901234567890.000",
            "0.10",
            "true",
            "false",
            "null",
            "\"\"",
            "\"\\u0041\\/\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud800\"",
            "\"Саратов\"",
            "\"😀\"",
            "\"a\\\"b\\\\\"",
            "\"{\\\"id\\\":1}\"",
            "\",]}\"",
            "[]",
            "{}");

    private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\t", "\r\n  ");

    private final Random random;
    private int names;

    JsonMaker(Random random) {
        this.random = random;
    }

    String space() {
        return pick(SPACES);
    }

    String id() {
        return random.nextBoolean() ? "\"id-" + random.nextInt(1000) + "\"" : "9".repeat(1 + random.nextInt(40));
    }

    /** An object that has this member somewhere between others. */
    String objectWith(String name, String value) {
        List<String> members = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            members.add(member("x", 3));
        }
        members.add(random.nextInt(members.size() + 1), "\"" + name + "\"" + space() + ":" + space() + value);
        return "{" + space() + String.join(space() + "," + space(), members) + space() + "}";
    }

    /** Members without the braces. */
    String members(int count, String prefix) {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(member(prefix, 2));
        }
        return String.join(space() + "," + space(), members);
    }

    private String member(String prefix, int depth) {
        return "\"" + prefix + names++ + (random.nextBoolean() ? "я\\u0062" : "") + "\"" + space() + ":" + space()
                + value(depth);
    }

    private String value(int depth) {
        if (depth == 0 || random.nextInt(3) > 0) {
            return pick(SCALARS);
        }
        List<String> items = new ArrayList<>();
        boolean object = random.nextBoolean();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(object ? member("n", depth - 1) : value(depth - 1));
        }
        String inner = space() + String.join(space() + "," + space(), items) + space();
        return object ? "{" + inner + "}" : "[" + inner + "]";
    }

    private String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
