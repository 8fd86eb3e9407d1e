package dev.realtime.console.parts;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import dev.realtime.contracts.admin.Slice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of a table that grows at its beginning, with a button for older ones. Only changed rows are sent again. */
public final class NewestRows<T> {

    private final Function<String, Slice<T>> source;
    private final Function<T, String> id;
    private final PageBudget budget;
    private final NewestFirst<T> known;
    private final ListState state;
    private final Button older = new Button();
    private final Errand errand;
    private final CallbackDataProvider<T, Void> provider;

    /**
     * @param state the table's state
     * @param id identifies a row across changes
     * @param budget limits the requests
     * @param source requests the page before a place; the newest for an empty place
     */
    public NewestRows(
            Grid<T> grid,
            ListState state,
            Function<T, String> id,
            PageBudget budget,
            Function<String, Slice<T>> source) {
        this.source = source;
        this.id = id;
        this.budget = budget;
        this.state = state;
        known = new NewestFirst<>(id);
        errand = new Errand(grid);
        provider = new CallbackDataProvider<>(
                query -> known.items().stream().skip(query.getOffset()).limit(query.getLimit()),
                query -> known.items().size(),
                id::apply);
        grid.setDataProvider(provider);
        older.setText(grid.getTranslation("parts.older"));
        older.setVisible(false);
        older.setDisableOnClick(true);
        older.addClickListener(click -> older());
    }

    /** The button that adds older rows; hidden while there are none. */
    public Button olderButton() {
        return older;
    }

    /** The known rows, newest first. Call under the session's lock. */
    public List<T> items() {
        return known.items();
    }

    /** Reads the newest rows, if the budget allows. Call without the session's lock. */
    public @Nullable Runnable refresh() {
        if (!budget.takeToRefresh(1)) {
            return null;
        }
        try {
            Slice<T> page = source.apply("");
            return () -> show(() -> known.newest(page));
        } catch (ServiceAwayException | RefusedException e) {
            return () -> state.failed(e);
        }
    }

    private void older() {
        String place = known.before();
        if (place != null) {
            errand.run(
                    () -> source.apply(place),
                    page -> {
                        if (place.equals(known.before())) {
                            show(() -> known.older(page));
                        }
                        older.setEnabled(true);
                    },
                    failure -> {
                        older.setEnabled(true);
                        state.failed(failure);
                    });
        }
    }

    private void show(Runnable change) {
        List<T> before = known.items();
        change.run();
        List<T> now = known.items();
        state.answered();
        older.setVisible(known.before() != null);
        if (before.stream().map(id).toList().equals(now.stream().map(id).toList())) {
            Map<String, T> old = new HashMap<>();
            before.forEach(item -> old.put(id.apply(item), item));
            now.stream().filter(item -> !item.equals(old.get(id.apply(item)))).forEach(provider::refreshItem);
        } else {
            provider.refreshAll();
        }
    }
}
