package dev.realtime.service.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Selects a range of a list in sorted order. A range near either end costs about one comparison per row. */
final class Ranks {

    /** Up to this fraction of the rows, selecting is cheaper than sorting the whole list. */
    private static final int PART = 8;

    private Ranks() {}

    /** The rows from one rank to another, exclusive. */
    static <T> List<T> between(List<T> rows, Comparator<? super T> order, int from, int to) {
        int size = rows.size();
        if (to <= size / PART) {
            return first(rows, order, to).subList(from, to);
        }
        if (size - from <= size / PART) {
            List<T> last = first(rows, order.reversed(), size - from).reversed();
            return last.subList(0, to - from);
        }
        return rows.stream().sorted(order).toList().subList(from, to);
    }

    /** The first {@code count} rows, in order. */
    private static <T> List<T> first(List<T> rows, Comparator<? super T> order, int count) {
        if (count == 0) {
            return List.of();
        }
        PriorityQueue<T> worstFirst = new PriorityQueue<>(count, order.reversed());
        for (T row : rows) {
            if (worstFirst.size() < count) {
                worstFirst.add(row);
            } else if (order.compare(row, worstFirst.element()) < 0) {
                worstFirst.remove();
                worstFirst.add(row);
            }
        }
        List<T> sorted = new ArrayList<>(worstFirst);
        sorted.sort(order);
        return sorted;
    }
}
