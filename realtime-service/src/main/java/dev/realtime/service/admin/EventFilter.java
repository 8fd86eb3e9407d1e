package dev.realtime.service.admin;

import dev.realtime.contracts.RoomKind;
import dev.realtime.contracts.SearchText;
import dev.realtime.contracts.StreamHeaders;
import dev.realtime.stream.binder.redis.StreamHistory;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Selects events that meet all given conditions. A condition on a part of a text is tried on the masked text only:
 * otherwise hidden phone numbers could be found digit by digit.
 *
 * @param events the names of the events; empty for all
 * @param room a room that the sender named
 * @param phone a whole phone number, as {@link PhoneNumbers#key}; it is found in every form and place
 * @param operator whom the event is about or was sent to by name
 * @param subject the id of the call or order
 * @param city a part of the city's name, as {@link SearchText#of}
 */
record EventFilter(
        Set<String> events,
        @Nullable String room,
        @Nullable String phone,
        @Nullable Operator operator,
        @Nullable String subject,
        @Nullable String city)
        implements Predicate<StreamHistory.Entry> {

    private static final String CITY = RoomKind.CITY.prefix() + ":";
    private static final String OPERATOR = RoomKind.OPERATOR.prefix() + ":";
    private static final String ORDER = RoomKind.ORDER.prefix() + ":";
    private static final String USER = RoomKind.USER.prefix() + ":";

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final int LONGEST = 200;

    private static final List<String> SUBJECTS = List.of("id", "callId", "orderId");

    private static final List<String> OPERATORS = List.of("operatorId", "userId", "operator");

    private static final List<String> OPERATOR_NAMES = List.of("operatorName", "operator");

    /**
     * An operator, by id or by name.
     *
     * @param ids the ids that are searched for
     * @param name a part of the name, as {@link SearchText#of}
     */
    record Operator(Set<String> ids, String name) {}

    /**
     * Reads the parameters of a request; an empty one is ignored.
     *
     * @throws dev.realtime.service.problem.ProblemException if one is invalid; never repeats a phone number
     */
    static EventFilter of(MultiValueMap<String, String> parameters, OperatorNames names) {
        Set<String> events = parameters.getOrDefault("event", List.of()).stream()
                .flatMap(some -> Arrays.stream(some.split(",", -1)))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        String city = said(parameters, "city");
        return new EventFilter(
                events,
                said(parameters, "room"),
                phone(said(parameters, "phone")),
                operator(said(parameters, "operator"), names),
                said(parameters, "subject"),
                city == null ? null : SearchText.of(city));
    }

    private static @Nullable String said(MultiValueMap<String, String> parameters, String name) {
        String value = parameters.getFirst(name);
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > LONGEST) {
            throw Inputs.refused(name, "must have at most " + LONGEST + " characters");
        }
        return value.strip();
    }

    private static @Nullable String phone(@Nullable String typed) {
        if (typed == null) {
            return null;
        }
        String key = PhoneNumbers.key(typed);
        if (key == null) {
            throw Inputs.refused("phone", "must be one whole phone number");
        }
        return key;
    }

    private static @Nullable Operator operator(@Nullable String typed, OperatorNames names) {
        if (typed == null) {
            return null;
        }
        String part = SearchText.of(typed);
        Set<String> ids = new HashSet<>(names.idsOf(part));
        ids.add(typed);
        return new Operator(Set.copyOf(ids), part);
    }

    @Override
    public boolean test(StreamHistory.Entry entry) {
        return (events.isEmpty() || events.contains(name(entry)))
                && (room == null || named(entry).contains(room))
                && (!needsPayload() || testPayload(entry));
    }

    private boolean needsPayload() {
        return phone != null || operator != null || subject != null || city != null;
    }

    private boolean testPayload(StreamHistory.Entry entry) {
        JsonNode payload;
        try {
            payload = JSON.readTree(entry.payload());
        } catch (JacksonException e) {
            // Not an event; it has none of these.
            return false;
        }
        return (subject == null || isSubject(payload, named(entry)))
                && (city == null || isCity(payload, named(entry)))
                && (operator == null || isOperator(payload, named(entry)))
                && (phone == null || mentions(payload, phone));
    }

    private boolean isSubject(JsonNode payload, List<String> rooms) {
        return SUBJECTS.stream().anyMatch(member -> text(payload.path(member)).equals(subject))
                || rooms.contains(ORDER + subject);
    }

    private boolean isCity(JsonNode payload, List<String> rooms) {
        String wanted = String.valueOf(city);
        return contains(text(payload.path("city")), wanted)
                || rooms.stream()
                        .filter(room -> room.startsWith(CITY))
                        .anyMatch(room -> contains(room.substring(CITY.length()), wanted));
    }

    private boolean isOperator(JsonNode payload, List<String> rooms) {
        Operator wanted = operator;
        if (wanted == null) {
            return true;
        }
        return OPERATORS.stream()
                        .map(payload::path)
                        .anyMatch(member -> wanted.ids.contains(text(member.isObject() ? member.path("id") : member)))
                || OPERATOR_NAMES.stream()
                        .map(payload::path)
                        .anyMatch(
                                member -> contains(text(member.isObject() ? member.path("name") : member), wanted.name))
                || payload.has("userId") && contains(text(payload.path("name")), wanted.name)
                || wanted.ids.stream().anyMatch(id -> rooms.contains(OPERATOR + id) || rooms.contains(USER + id));
    }

    private static boolean mentions(JsonNode value, String phone) {
        if (value.isObject()) {
            return value.properties().stream()
                    .anyMatch(member ->
                            PhoneNumbers.mentions(member.getKey(), phone) || mentions(member.getValue(), phone));
        }
        if (value.isArray()) {
            return value.valueStream().anyMatch(item -> mentions(item, phone));
        }
        String text = text(value);
        return !text.isEmpty() && PhoneNumbers.mentions(text, phone);
    }

    private static boolean contains(String text, String part) {
        return !text.isEmpty() && SearchText.contains(PhoneNumbers.hide(text), part);
    }

    /** A text, or the digits of a whole number; empty for everything else. */
    private static String text(JsonNode value) {
        return value.isString() || value.isIntegralNumber() ? value.asString() : "";
    }

    /** Omits the phone number and the names. */
    @Override
    public String toString() {
        return "EventFilter[events=" + events + "]";
    }

    static String name(StreamHistory.Entry entry) {
        return String.valueOf(entry.headers().get(StreamHeaders.EVENT));
    }

    private static List<String> named(StreamHistory.Entry entry) {
        List<String> rooms = rooms(entry);
        return rooms == null ? List.of() : rooms;
    }

    /** The rooms that the sender named; null if it named none. */
    static @Nullable List<String> rooms(StreamHistory.Entry entry) {
        return entry.headers().get(StreamHeaders.ROOMS) instanceof List<?> printed
                ? printed.stream().map(String::valueOf).toList()
                : null;
    }
}
