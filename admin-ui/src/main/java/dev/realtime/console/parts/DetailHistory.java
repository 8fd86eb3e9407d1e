package dev.realtime.console.parts;

import com.vaadin.flow.component.UI;
import java.io.Serializable;
import java.util.Map;

/**
 * Keeps a view's open detail in the browser's history: opening adds an entry, so that Back closes the detail instead of
 * leaving the view. Guarded by the session's lock.
 */
public final class DetailHistory implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String path;
    private String shown = "";
    private String behind = "";
    private boolean open;
    private boolean added;

    /** @param path the view's path */
    public DetailHistory(String path) {
        this.path = path;
    }

    /**
     * The view's state has changed.
     *
     * @param state the view's state in the address, the detail included
     * @param detail whether a detail is open
     */
    public void show(UI ui, Map<String, String> state, boolean detail) {
        String before = shown;
        shown = Address.link(path, state);
        if (detail && !open) {
            ui.getPage().getHistory().pushState(null, Address.of(path, state));
            behind = before;
            added = true;
        } else if (!detail && open && added && shown.equals(behind)) {
            // Nothing else has changed since the detail was opened, so its entry goes.
            added = false;
            ui.getPage().getHistory().back();
        } else {
            added &= detail;
            Address.replace(ui, path, state);
        }
        open = detail;
    }

    /** The browser has gone to another state by itself, by a link, Back or a reload. */
    public void arrived(Map<String, String> state, boolean detail) {
        shown = Address.link(path, state);
        open = detail;
        added = false;
    }
}
