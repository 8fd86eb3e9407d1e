package dev.realtime.console.parts;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.provider.QuerySortOrder;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.function.ValueProvider;
import dev.realtime.console.api.Query;
import dev.realtime.console.api.ServiceAwayException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table, which the service filters, sorts and returns in pages of {@value #SIZE}. Keeps the
 * {@value #MOST_PAGES} most recently used pages until the next update, and while the service is unavailable. Asks for
 * pages without the session's lock: until the answer to another filter or order is there, the rows from before stay.
 */
public final class PagedRows<T> {

    /** The rows of a page. */
    public static final int SIZE = 100;

    /** The most pages kept. */
    static final int MOST_PAGES = 20;

    /** The rows of a page, and the number of rows on all pages. */
    public record Answer<T>(List<T> rows, int matching) {}

    /** Requests a page; the query has filter, order and page. */
    @FunctionalInterface
    public interface Source<T> {
        Answer<T> fetch(Query query);
    }

    /** What identifies a list. */
    private record Key(Query filter, @Nullable String sort) {}

    private final Grid<T> grid;
    private final Source<T> source;
    private final PageBudget budget;
    private final CallbackDataProvider<T, Void> provider;
    private final ValueProvider<T, Object> id;

    /** In order of the last use; guarded by the session's lock. */
    private final Map<Integer, List<T>> pages = new LinkedHashMap<>(16, 0.75f, true);

    /** Pages that were asked for; guarded by the session's lock. */
    private final Set<Integer> asked = new HashSet<>();

    private Consumer<Integer> onCount = count -> {};
    private Consumer<RuntimeException> onFailure = failure -> {};
    private volatile Key key;
    private volatile int matching = -1;
    private volatile int firstShown;
    private volatile int lastShown;

    /** Whether the pages are those of another filter or order. Guarded by the session's lock. */
    private boolean stale;

    /**
     * @param id identifies a row across changes
     * @param sort the service's name of the initial order; null for the list's default
     */
    public PagedRows(Grid<T> grid, ValueProvider<T, Object> id, @Nullable String sort, Source<T> source) {
        this(grid, id, sort, PageBudget.ofSession(), source);
    }

    /**
     * @param id identifies a row across changes
     * @param sort the service's name of the initial order; null for the list's default
     * @param budget limits the requests
     */
    public PagedRows(
            Grid<T> grid, ValueProvider<T, Object> id, @Nullable String sort, PageBudget budget, Source<T> source) {
        this.grid = grid;
        this.source = source;
        this.id = id;
        this.budget = budget;
        this.key = new Key(Query.none(), sort);
        this.provider = new CallbackDataProvider<>(
                query -> rows(query.getOffset(), query.getLimit(), query.getSortOrders()),
                query -> count(query.getSortOrders()),
                id);
        grid.setPageSize(SIZE / 2);
        grid.setDataProvider(provider);
    }

    /** Adds a listener for the number of matching rows, called under the session's lock after each answer. */
    public void onCount(Consumer<Integer> listener) {
        onCount = listener;
    }

    /** Adds a listener for rows that could not be fetched, called under the session's lock. */
    public void onFailure(Consumer<RuntimeException> listener) {
        onFailure = listener;
    }

    /** Shows other rows, as soon as the service has answered. */
    public void filter(Query filter) {
        use(new Key(filter, key.sort));
        page(0);
    }

    /** The current filter and order, without a page. */
    public Query query() {
        return key.filter.with("sort", key.sort);
    }

    /**
     * Fetches the visible rows again, if the session's budget allows. Call without the session's lock.
     *
     * @return shows the rows, under the lock; null if there is nothing new
     * @throws ServiceAwayException if no instance answers; nothing is changed then
     */
    public @Nullable Runnable refresh() {
        Key wanted = key;
        int first = firstShown;
        int last = lastShown;
        if (!budget.takeToRefresh(last - first + 1)) {
            return null;
        }
        List<List<T>> fresh = new ArrayList<>();
        int count = 0;
        for (int page = first; page <= last; page++) {
            Answer<T> answer = fetch(wanted, page);
            fresh.add(answer.rows);
            count = answer.matching;
        }
        int found = count;
        return () -> {
            if (wanted.equals(key)) {
                replace(first, fresh, found);
                onCount.accept(found);
            }
        };
    }

    /** Updates only the changed rows of the table, unless rows were added, removed or moved. */
    private void replace(int first, List<List<T>> fresh, int found) {
        boolean inPlace = found == matching && !stale;
        stale = false;
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
            asked.clear();
            stale = true;
            firstShown = 0;
            lastShown = 0;
        }
    }

    private int count(List<QuerySortOrder> orders) {
        use(new Key(key.filter, sort(orders)));
        if (matching < 0 || stale) {
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
        // While a page is on its way the table shows that it is loading these rows.
        int from = Math.min(offset - first * SIZE, rows.size());
        return rows.subList(from, Math.min(from + limit, rows.size())).stream();
    }

    /** A page from the cache; empty if the service has to be asked for it first, or does not answer. */
    private List<T> page(int number) {
        List<T> known = pages.get(number);
        boolean none = matching >= 0 && number * SIZE >= matching;
        if (stale || known == null && !none) {
            ask(stale ? 0 : number);
        }
        return known == null ? List.of() : known;
    }

    private void ask(int number) {
        if (!asked.add(number)) {
            return;
        }
        Key wanted = key;
        new Errand(grid)
                .run(
                        () -> {
                            budget.take();
                            return fetch(wanted, number);
                        },
                        answer -> {
                            if (wanted.equals(key)) {
                                asked.remove(number);
                                show(number, answer);
                            }
                        },
                        failure -> {
                            if (wanted.equals(key)) {
                                // The frame reports that the service is unavailable; the rows follow when it is back.
                                asked.remove(number);
                                onFailure.accept(failure);
                            }
                        });
    }

    private void show(int number, Answer<T> answer) {
        if (stale) {
            stale = false;
            pages.clear();
        }
        pages.put(number, answer.rows);
        if (pages.size() > MOST_PAGES) {
            pages.remove(pages.keySet().iterator().next());
        }
        matching = answer.matching;
        onCount.accept(answer.matching);
        provider.refreshAll();
    }

    private Answer<T> fetch(Key wanted, int page) {
        return source.fetch(wanted.filter.with("sort", wanted.sort).page(page, SIZE));
    }
}
