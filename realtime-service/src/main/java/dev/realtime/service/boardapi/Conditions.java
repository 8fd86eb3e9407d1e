package dev.realtime.service.boardapi;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.SearchText;
import dev.realtime.service.problem.ProblemException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the parameters that select entries. An empty parameter is ignored. */
final class Conditions {

    private final Map<String, String> parameters;

    Conditions(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** A parameter's value; null if it is not given. */
    @Nullable
    String value(String name) {
        String value = parameters.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /**
     * The values of a parameter that lists constants, separated by commas; all constants if it is not given.
     *
     * @throws ProblemException with {@link ErrorCode#VALIDATION_FAILED} if one of them does not exist
     */
    <E extends Enum<E>> Set<E> any(
            String name, Class<E> type, Function<String, Optional<E>> ofName, Function<E, String> nameOf) {
        String list = value(name);
        if (list == null) {
            return EnumSet.allOf(type);
        }
        Set<E> any = EnumSet.noneOf(type);
        for (String each : list.split(",", -1)) {
            any.add(ofName.apply(each)
                    .orElseThrow(() -> refused(
                            name,
                            "must be one or more of "
                                    + Arrays.stream(type.getEnumConstants())
                                            .map(nameOf)
                                            .collect(Collectors.joining(", ")))));
        }
        return any;
    }

    /**
     * A parameter that is a time.
     *
     * @throws ProblemException with {@link ErrorCode#VALIDATION_FAILED} if it is not a time in ISO 8601
     */
    @Nullable
    Instant time(String name) {
        String text = value(name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw refused(name, "must be a time such as 2026-01-31T12:00:00Z");
        }
    }

    /**
     * A parameter that is true or false; false if it is not given.
     *
     * @throws ProblemException with {@link ErrorCode#VALIDATION_FAILED} if it is neither
     */
    boolean flag(String name) {
        String text = value(name);
        return switch (text == null ? "false" : text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(name, "must be true or false");
        };
    }

    /** Whether a value meets the parameter of that name, compared without case. */
    boolean meets(String name, @Nullable Object value) {
        String wanted = value(name);
        return wanted == null || (value != null && wanted.equalsIgnoreCase(value.toString()));
    }

    /** Whether one of the values contains the parameter {@code text}, compared without case; nulls contain nothing. */
    boolean meetsText(Supplier<List<@Nullable Object>> values) {
        String wanted = value("text");
        if (wanted == null || wanted.isBlank()) {
            return true;
        }
        String part = SearchText.of(wanted.strip());
        return values.get().stream()
                .filter(Objects::nonNull)
                .anyMatch(value -> SearchText.contains(value.toString(), part));
    }

    private static ProblemException refused(String parameter, String message) {
        return ProblemException.ofParameter(ErrorCode.VALIDATION_FAILED, parameter, message);
    }
}
