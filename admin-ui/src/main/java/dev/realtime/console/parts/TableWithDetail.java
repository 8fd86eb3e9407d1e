package dev.realtime.console.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.masterdetaillayout.MasterDetailLayout;

/** A table with the details of an open row next to it, or over it in a narrow window. Escape closes the details. */
public final class TableWithDetail extends MasterDetailLayout {

    private static final long serialVersionUID = 1L;

    /**
     * @param master the table
     * @param leastWidth the table's least width, in CSS units
     * @param detailWidth the detail's width, in CSS units
     * @param close closes the detail
     */
    public TableWithDetail(Component master, String leastWidth, String detailWidth, Runnable close) {
        setMaster(master);
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
}
