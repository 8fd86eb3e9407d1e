package dev.realtime.testkit.fuzz;

import static dev.realtime.testkit.fuzz.Bytes.oneOf;

import java.util.random.RandomGenerator;

/** Random JSON, with what is awkward about it. */
public final class JsonText {

    private JsonText() {}

    public static String value(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> string(random);
            case 1 -> Long.toString(random.nextLong(-1000, 1000));
            case 2 ->
                oneOf(
                        random,
                        "1.10",
                        "-0",
                        "1e400",
                        "12345678901234567890",
                        "0.1e-7",
                        "1E+2",
                        "-1.5",
                        "9007199254740993");
            case 3 -> oneOf(random, "true", "false", "null");
            case 4 -> "{\"_placeholder\":true,\"num\":" + random.nextInt(3) + "}";
            case 5 -> oneOf(random, "[]", "{}", "\"\"", " 1 ");
            case 6 -> array(random, depth - 1);
            default -> object(random, depth - 1);
        };
    }

    public static String array(RandomGenerator random, int depth) {
        StringBuilder text = new StringBuilder("[");
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ",").append(value(random, depth));
        }
        return text.append(']').toString();
    }

    public static String object(RandomGenerator random, int depth) {
        StringBuilder text = new StringBuilder("{");
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ",").append(string(random)).append(':').append(value(random, depth));
        }
        return text.append('}').toString();
    }

    public static String string(RandomGenerator random) {
        return oneOf(
                random,
                "\"a\"",
                "\"привет\"",
                "\"😀\"",
                "\"\\ud800\"",
                "\"\\uD83D\\uDE00\"",
                "\"\\n\\\"\\\\\"",
                "\"\\u0000\"",
                "\"_placeholder\"",
                "\"num\"",
                "\"__proto__\"",
                "\"join-room\"",
                "\"token\"",
                "\"connect\"");
    }
}
