package dev.realtime.console.frame;

import com.vaadin.flow.component.UI;

/** The way out. */
final class LogOut {

    private LogOut() {}

    static void now() {
        UI.getCurrent().getPage().setLocation("/logout");
    }
}
