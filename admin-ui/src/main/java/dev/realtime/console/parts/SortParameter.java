package dev.realtime.console.parts;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.Grid.Column;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.data.provider.SortDirection;
import java.util.List;

/** The order of a table as a parameter of the address: a column's key, behind a minus if the order is descending. */
public final class SortParameter {

    /** The parameter's name. */
    public static final String NAME = "sort";

    private SortParameter() {}

    /** The table's order; empty if nothing is sorted. */
    public static String of(Grid<?> table) {
        return table.getSortOrder().stream()
                .findFirst()
                .map(order -> (order.getDirection() == SortDirection.DESCENDING ? "-" : "")
                        + order.getSorted().getKey())
                .orElse("");
    }

    /** Sorts the table; an unknown column or an empty text sorts nothing. */
    public static <T> void sort(Grid<T> table, String parameter) {
        if (parameter.equals(of(table))) {
            return;
        }
        boolean down = parameter.startsWith("-");
        Column<T> column = parameter.isEmpty() ? null : table.getColumnByKey(parameter.substring(down ? 1 : 0));
        if (column == null || !column.isSortable()) {
            table.sort(List.of());
        } else {
            table.sort(List.of(new GridSortOrder<>(column, down ? SortDirection.DESCENDING : SortDirection.ASCENDING)));
        }
    }

    /** Calls the listener when a person sorts the table. */
    public static void onChange(Grid<?> table, Runnable listener) {
        table.addSortListener(sorted -> {
            if (sorted.isFromClient()) {
                listener.run();
            }
        });
    }
}
