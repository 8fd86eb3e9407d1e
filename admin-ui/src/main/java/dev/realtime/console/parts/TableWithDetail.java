package dev.realtime.console.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.masterdetaillayout.MasterDetailLayout;

/** A table, and beside it what was opened of it: over it where there is no room, and closed by Escape. */
public final class TableWithDetail extends MasterDetailLayout {

    private static final long serialVersionUID = 1L;

    /**
     * @param master the table
     * @param leastWidth of the table, and the detail's width, as in CSS
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
