package dev.realtime.console.parts;

import com.vaadin.flow.component.grid.Grid;
import dev.realtime.console.api.RefusedException;
import org.jspecify.annotations.Nullable;

/** The state of a table whose rows are fetched page by page. */
public final class RowsState extends ListState {

    private static final long serialVersionUID = 1L;

    private final transient PagedRows<?> rows;

    /** @param none the text for no rows */
    public RowsState(Grid<?> grid, String none, PagedRows<?> rows) {
        super(grid, none);
        this.rows = rows;
        rows.onFailure(this::failed);
    }

    /** Refreshes the rows, and tells if they cannot be read. Call without the session's lock. */
    public @Nullable Runnable refresh() {
        try {
            return rows.refresh();
        } catch (RefusedException e) {
            return () -> failed(e);
        }
    }
}
