package dev.realtime.console.parts;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Span;
import dev.realtime.console.api.ServiceAwayException;

/**
 * What a table says besides its rows. Without rows: not known yet, none, or why they could not be read. With rows that
 * could not be read again: why, in a line above the table.
 */
public class ListState extends Span {

    private static final long serialVersionUID = 1L;

    private final Grid<?> grid;
    private final String none;

    /** @param none the text for no rows */
    public ListState(Grid<?> grid, String none) {
        this.grid = grid;
        this.none = none;
        addClassName("rows-failed");
        getElement().setAttribute("role", "status");
        setVisible(false);
        grid.setEmptyStateText(getTranslation("parts.loading"));
    }

    /** The rows were read. */
    public final void answered() {
        setVisible(false);
        setText("");
        grid.setEmptyStateText(none);
    }

    /** The rows could not be read. */
    public final void failed(RuntimeException failure) {
        String reason = Words.reason(this, failure);
        grid.setEmptyStateText(reason);
        setText(reason);
        // An outage of the service is told by the frame.
        setVisible(!(failure instanceof ServiceAwayException));
    }

    /** Nothing is known of the rows: others are to be shown. */
    public final void asking() {
        setVisible(false);
        grid.setEmptyStateText(getTranslation("parts.loading"));
    }
}
