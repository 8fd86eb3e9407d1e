package dev.realtime.console.frame;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Div;
import dev.realtime.console.live.Live;
import dev.realtime.console.parts.BrowserScript;

/**
 * Lets the browser notice within a few seconds that the console itself is silent: the page says so, and since when. The
 * server cannot do that, so everything here happens in the browser; the server only beats.
 */
public final class Pulse extends Div {

    private static final long serialVersionUID = 1L;

    private static final String BROWSER = BrowserScript.read("pulse.js");

    /** The mark in the text that the browser replaces by the time. */
    private static final String TIME = "…";

    public Pulse(Live live) {
        addClassNames("away", "silent");
        getElement().setAttribute("role", "alert").setAttribute("hidden", true);
        live.tell(this, moment -> () -> getElement().executeJs("this.beat?.()"));
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        getElement().executeJs(BROWSER, getTranslation("frame.silent", TIME), TIME);
    }
}
