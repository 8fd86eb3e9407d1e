package dev.realtime.console.frame;

import com.vaadin.flow.component.icon.VaadinIcon;

/** Where one can go, in the order of the navigation. The routes themselves are the views' own. */
enum Place {
    OVERVIEW("", VaadinIcon.DASHBOARD),
    CONNECTIONS("connections", VaadinIcon.CONNECT),
    ROOMS("rooms", VaadinIcon.GROUP),
    SEND("send", VaadinIcon.PAPERPLANE),
    EVENTS("events", VaadinIcon.BOLT),
    AUDIT("audit", VaadinIcon.RECORDS);

    private final String path;
    private final VaadinIcon icon;

    Place(String path, VaadinIcon icon) {
        this.path = path;
        this.icon = icon;
    }

    String path() {
        return path;
    }

    VaadinIcon icon() {
        return icon;
    }

    /** The key of its name. */
    String key() {
        return "frame." + (path.isEmpty() ? "overview" : path);
    }
}
