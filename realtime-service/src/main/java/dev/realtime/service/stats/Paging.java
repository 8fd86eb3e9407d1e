package dev.realtime.service.stats;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Page;
import dev.realtime.service.problem.ProblemException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is requested, and in which order: the parameters {@code page}, {@code size} and {@code sort}.
 *
 * @param page the page number, from 0
 * @param size the maximum number of rows, 1 to {@value #MOST}; {@value #USUAL} by default
 * @param sort a field's name, with {@code -} in front for descending order; null for the list's default order
 */
public record Paging(
        @Nullable Integer page,
        @Nullable Integer size,
        @Nullable String sort) {

    static final int USUAL = 100;
    static final int MOST = 1_000;

    /**
     * Reads the parameters of a request.
     *
     * @throws ProblemException with {@link ErrorCode#VALIDATION_FAILED} if one of them is invalid
     */
    public static Paging of(Map<String, String> parameters) {
        return new Paging(
                number("page", parameters.get("page")), number("size", parameters.get("size")), parameters.get("sort"));
    }

    private static @Nullable Integer number(String parameter, @Nullable String text) {
        try {
            return text == null || text.isEmpty() ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw refused(parameter, "must be a number");
        }
    }

    /** @throws ProblemException with {@link ErrorCode#VALIDATION_FAILED} if one of them is invalid */
    public Paging {
        if (page != null && page < 0) {
            throw refused("page", "must be 0 or more");
        }
        if (size != null && (size < 1 || size > MOST)) {
            throw refused("size", "must be from 1 to " + MOST);
        }
    }

    /** A page of rows, and its place in the list. */
    public record Part<T>(Page page, List<T> rows) {}

    /**
     * The requested page.
     *
     * @param fields the fields that can be sorted by
     * @param usual the default order, also used among equal rows
     * @throws ProblemException with {@link ErrorCode#VALIDATION_FAILED} if there is no such field
     */
    public <T> Part<T> of(List<T> rows, Map<String, Comparator<T>> fields, Comparator<T> usual) {
        int number = page == null ? 0 : page;
        int length = size == null ? USUAL : size;
        int from = (int) Math.min((long) number * length, rows.size());
        int to = Math.min(from + length, rows.size());
        return new Part<>(new Page(number, length, rows.size()), Ranks.between(rows, order(fields, usual), from, to));
    }

    private <T> Comparator<T> order(Map<String, Comparator<T>> fields, Comparator<T> usual) {
        if (sort == null || sort.isEmpty()) {
            return usual;
        }
        boolean reversed = sort.startsWith("-");
        Comparator<T> order = fields.get(reversed ? sort.substring(1) : sort);
        if (order == null) {
            throw refused(
                    "sort",
                    "must be one of "
                            + String.join(
                                    ", ", fields.keySet().stream().sorted().toList())
                            + ", optionally with a leading -");
        }
        return (reversed ? order.reversed() : order).thenComparing(usual);
    }

    private static ProblemException refused(String parameter, String message) {
        return ProblemException.ofParameter(ErrorCode.VALIDATION_FAILED, parameter, message);
    }
}
