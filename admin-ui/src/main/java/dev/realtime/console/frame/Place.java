package dev.realtime.console.frame;

import com.vaadin.flow.component.icon.VaadinIcon;

/** The targets of the navigation, in order. The views define the routes themselves. */
enum Place {
    OVERVIEW("", VaadinIcon.DASHBOARD),
    CALLS("calls", VaadinIcon.PHONE),
    PEOPLE("people", VaadinIcon.USERS),
    CONNECTIONS("connections", VaadinIcon.CONNECT),
    ROOMS("rooms", VaadinIcon.GROUP),
    SEND("send", VaadinIcon.PAPERPLANE),
    RECEIPTS("receipts", VaadinIcon.CLIPBOARD_CHECK),
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

    /** The key of the name. */
    String key() {
        return "frame." + (path.isEmpty() ? "overview" : path);
    }
}
