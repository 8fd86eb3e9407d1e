package dev.realtime.console.live;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What people want to know of an event at a glance; each may be empty.
 *
 * @param number the end of the client's phone number; the rest of it is not kept
 * @param operator the operator's id
 * @param city the city
 * @param status the status of the call or the order, as it was sent
 * @param seconds the duration of the call; 0 if it is not given
 */
public record EventFacts(String number, String operator, String city, String status, long seconds) {

    public static final EventFacts NONE = new EventFacts("", "", "", "", 0);

    /** The digits of a number that may be shown to everybody. */
    private static final int SHOWN = 2;

    private static final int LONGEST = 60;

    /** @param member returns a member of the payload as text; null if it is missing, or an object or a list */
    public static EventFacts of(Function<String, @Nullable String> member) {
        String status = first(member, "status", "statusOrder", "newStatus");
        return new EventFacts(
                end(text(member, "phoneClient")),
                text(member, "operatorId"),
                text(member, "city"),
                status,
                seconds(text(member, "duration")));
    }

    private static String first(Function<String, @Nullable String> member, String... names) {
        for (String name : names) {
            String text = text(member, name);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    private static String text(Function<String, @Nullable String> member, String name) {
        String value = member.apply(name);
        String text = value == null ? "" : value.strip();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private static String end(String phone) {
        String digits = phone.replaceAll("[^0-9]", "");
        return digits.length() < SHOWN ? "" : "•••" + digits.substring(digits.length() - SHOWN);
    }

    private static long seconds(String duration) {
        try {
            return Math.max(0, (long) Double.parseDouble(duration));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
