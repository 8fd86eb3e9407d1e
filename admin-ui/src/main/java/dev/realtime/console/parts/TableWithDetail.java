package dev.realtime.console.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.masterdetaillayout.MasterDetailLayout;

/** A table with the details of an open row next to it, or over it in a narrow window. Escape closes the details. */
public final class TableWithDetail extends MasterDetailLayout {

    private static final long serialVersionUID = 1L;

    /** In a narrow window the details are a dialog, which needs a name. */
    private static final String NAME =
            "this.shadowRoot?.querySelector('[part~=detail]')?.setAttribute('aria-label', $0)";

    /** The row that was focused last. */
    private static final String FOCUS = "this.shadowRoot?.querySelector('#items [tabindex=\"0\"]')?.focus()";

    private final Grid<?> table;
    private final String name;

    /**
     * @param table the table
     * @param name what the details are, for screen readers
     * @param leastWidth the table's least width, in CSS units
     * @param detailWidth the detail's width, in CSS units
     * @param close closes the detail
     */
    public TableWithDetail(Grid<?> table, String name, String leastWidth, String detailWidth, Runnable close) {
        this.table = table;
        this.name = name;
        setMaster(table);
        setMasterSize(leastWidth, true);
        setDetailSize(detailWidth);
        setOverlaySize("min(30rem, 100%)");
        setOverlayContainment(OverlayContainment.PAGE);
        setAnimationEnabled(false);
        addDetailEscapePressListener(escape -> close.run());
        addBackdropClickListener(click -> close.run());
        getElement().getClassList().add("connections-layout");
        Shortcuts.addShortcutListener(this, close::run, Key.ESCAPE).listenOn(this);
    }

    /** Shows the details. */
    public void open(Component detail) {
        setDetail(detail);
        getElement().executeJs(NAME, name);
    }

    /** Removes the details; the focus returns to the table. */
    public void close() {
        setDetail(null);
        table.deselectAll();
        table.getElement().executeJs(FOCUS);
    }
}
