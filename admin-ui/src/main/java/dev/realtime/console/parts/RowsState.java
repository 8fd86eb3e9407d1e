package dev.realtime.console.parts;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Span;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import org.jspecify.annotations.Nullable;

/**
 * What a table says besides its rows. Without rows: not known yet, none, or why they could not be read. With rows that
 * could not be read again: why, in a line above the table.
 */
public final class RowsState extends Span {

    private static final long serialVersionUID = 1L;

    private final Grid<?> grid;
    private final String none;
    private final transient PagedRows<?> rows;

    /** @param none the text for no rows */
    public RowsState(Grid<?> grid, String none, PagedRows<?> rows) {
        this.grid = grid;
        this.none = none;
        this.rows = rows;
        addClassName("rows-failed");
        getElement().setAttribute("role", "status");
        setVisible(false);
        grid.setEmptyStateText(getTranslation("parts.loading"));
        rows.onFailure(this::failed);
    }

    /** The rows were read. */
    public void answered() {
        setVisible(false);
        setText("");
        grid.setEmptyStateText(none);
    }

    private void failed(RuntimeException failure) {
        String reason = Words.reason(this, failure);
        grid.setEmptyStateText(reason);
        setText(reason);
        // An outage of the service is told by the frame.
        setVisible(!(failure instanceof ServiceAwayException));
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
