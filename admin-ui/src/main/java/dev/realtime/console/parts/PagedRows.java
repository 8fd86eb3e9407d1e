package dev.realtime.console.parts;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.provider.QuerySortOrder;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.function.ValueProvider;
import dev.realtime.console.api.Query;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table's rows, which the service filters, sorts and hands out by pages of {@value #SIZE}. Pages that were fetched stay
 * until the table is brought up to date, and for as long as the service is away; but never more than {@value #MOST_PAGES},
 * those used last.
 */
public final class PagedRows<T> {

    /** Rows a page. */
    public static final int SIZE = 100;

    /** How many pages are kept, however many there are. */
    static final int MOST_PAGES = 20;

    /** Rows of a page, and how many there are on all. */
    public record Answer<T>(List<T> rows, int matching) {}

    /** Asks for a page; the query has filter, sort and page. */
    @FunctionalInterface
    public interface Source<T> {
        Answer<T> fetch(Query query);
    }

    /** What was asked for, which is all that tells one list from another. */
    private record Key(Query filter, @Nullable String sort) {}

    private final Source<T> source;
    private final PageBudget budget;
    private final CallbackDataProvider<T, Void> provider;
    private final ValueProvider<T, Object> id;

    /** In the order of the last use; only under the session's lock. */
    private final Map<Integer, List<T>> pages = new LinkedHashMap<>(16, 0.75f, true);

    private Consumer<Integer> onCount = count -> {};
    private volatile Key key;
    private volatile int matching = -1;
    private volatile int firstShown;
    private volatile int lastShown;

    /**
     * @param id what makes a row the same row when it has changed
     * @param sort the service's name of the order at the beginning; null for the list's own
     */
    public PagedRows(Grid<T> grid, ValueProvider<T, Object> id, @Nullable String sort, Source<T> source) {
        this.source = source;
        this.id = id;
        this.budget = PageBudget.ofSession();
        this.key = new Key(Query.none(), sort);
        this.provider = new CallbackDataProvider<>(
                query -> rows(query.getOffset(), query.getLimit(), query.getSortOrders()),
                query -> count(query.getSortOrders()),
                id);
        grid.setPageSize(SIZE / 2);
        grid.setDataProvider(provider);
    }

    /** Called with how many rows match, whenever that is known anew; under the session's lock. */
    public void onCount(Consumer<Integer> listener) {
        onCount = listener;
    }

    /** Shows other rows. */
    public void filter(Query filter) {
        use(new Key(filter, key.sort));
        provider.refreshAll();
    }

    /** Shows the rows as they are now, when something was done to them. */
    public void reload() {
        pages.clear();
        matching = -1;
        provider.refreshAll();
    }

    /** What is shown now: filter and order, without a page. */
    public Query query() {
        return key.filter.with("sort", key.sort);
    }

    /**
     * Fetches again what is on the screen, if the session has not asked for too much already. Not under the session's lock.
     *
     * @return what shows it, under the lock; null when there is nothing new
     * @throws ServiceAwayException when nobody answers; then all is as it was
     */
    public @Nullable Runnable refresh() {
        Key asked = key;
        int first = firstShown;
        int last = lastShown;
        if (!budget.takeToRefresh(last - first + 1)) {
            return null;
        }
        List<List<T>> fresh = new ArrayList<>();
        int count = 0;
        for (int page = first; page <= last; page++) {
            Answer<T> answer = fetch(asked, page);
            fresh.add(answer.rows);
            count = answer.matching;
        }
        int found = count;
        return () -> {
            if (!asked.equals(key)) {
                return;
            }
            replace(first, fresh, found);
            onCount.accept(found);
        };
    }

    /** Tells the table only of the rows that are others now, unless rows have come, gone or moved. */
    private void replace(int first, List<List<T>> fresh, int found) {
        boolean inPlace = found == matching;
        List<T> changed = new ArrayList<>();
        for (int i = 0; i < fresh.size() && inPlace; i++) {
            List<T> known = pages.get(first + i);
            inPlace = known != null && ids(known).equals(ids(fresh.get(i)));
            for (int row = 0; inPlace && known != null && row < known.size(); row++) {
                T now = fresh.get(i).get(row);
                if (!now.equals(known.get(row))) {
                    changed.add(now);
                }
            }
        }
        pages.clear();
        for (int i = 0; i < fresh.size(); i++) {
            pages.put(first + i, fresh.get(i));
        }
        matching = found;
        if (inPlace) {
            changed.forEach(provider::refreshItem);
        } else {
            provider.refreshAll();
        }
    }

    private List<Object> ids(List<T> rows) {
        return rows.stream().map(id).toList();
    }

    private void use(Key other) {
        if (!other.equals(key)) {
            key = other;
            pages.clear();
            matching = -1;
            firstShown = 0;
            lastShown = 0;
        }
    }

    private int count(List<QuerySortOrder> orders) {
        use(new Key(key.filter, sort(orders)));
        if (matching < 0) {
            page(0);
        }
        return Math.max(0, matching);
    }

    private @Nullable String sort(List<QuerySortOrder> orders) {
        if (orders.isEmpty()) {
            return key.sort;
        }
        QuerySortOrder order = orders.getFirst();
        return (order.getDirection() == SortDirection.DESCENDING ? "-" : "") + order.getSorted();
    }

    private Stream<T> rows(int offset, int limit, List<QuerySortOrder> orders) {
        use(new Key(key.filter, sort(orders)));
        int first = offset / SIZE;
        int last = (offset + limit - 1) / SIZE;
        List<T> rows = new ArrayList<>();
        for (int page = first; page <= last; page++) {
            rows.addAll(page(page));
        }
        firstShown = first;
        lastShown = Math.max(first, Math.min(last, (matching - 1) / SIZE));
        int from = Math.min(offset - first * SIZE, rows.size());
        return rows.subList(from, Math.min(from + limit, rows.size())).stream();
    }

    /** A page as it is known, or else as the service has it; none while nobody answers. */
    private List<T> page(int number) {
        List<T> known = pages.get(number);
        if (known != null || matching >= 0 && number * SIZE >= matching) {
            return known == null ? List.of() : known;
        }
        try {
            budget.take();
            Answer<T> answer = fetch(key, number);
            pages.put(number, answer.rows);
            if (pages.size() > MOST_PAGES) {
                pages.remove(pages.keySet().iterator().next());
            }
            matching = answer.matching;
            onCount.accept(answer.matching);
            return answer.rows;
        } catch (ServiceAwayException | RefusedException e) {
            // The frame says that the service is away; the rows come when it is back.
            return List.of();
        }
    }

    private Answer<T> fetch(Key asked, int page) {
        return source.fetch(asked.filter.with("sort", asked.sort).page(page, SIZE));
    }
}
