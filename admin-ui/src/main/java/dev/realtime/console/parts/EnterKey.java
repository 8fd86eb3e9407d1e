package dev.realtime.console.parts;

import com.vaadin.flow.component.grid.Grid;
import java.util.function.Consumer;

/** Opens the focused row of a table with Enter, as a click does. */
public final class EnterKey {

    private static final String KEY_OF_ROW = "(element.getEventContext(event).item || {}).key || ''";

    private EnterKey() {}

    /** Calls the listener with the row that has the focus when Enter is pressed. */
    public static <T> void opens(Grid<T> grid, Consumer<T> open) {
        grid.getElement()
                .addEventListener("keydown", pressed -> {
                    T row = grid.getDataCommunicator()
                            .getKeyMapper()
                            .get(pressed.getEventData().path(KEY_OF_ROW).asString());
                    if (row != null) {
                        grid.select(row);
                        open.accept(row);
                    }
                })
                .setFilter("event.key === 'Enter'")
                .addEventData(KEY_OF_ROW);
    }
}
