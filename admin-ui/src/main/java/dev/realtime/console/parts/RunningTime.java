package dev.realtime.console.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.StyleSheet;
import java.time.Duration;
import java.time.Instant;

/**
 * The time since an instant, which the browser counts: {@code 0:07}, {@code 12:04}, {@code 3:12:04}, {@code 2 d 4 h}.
 * After thresholds it changes its colour. Rows of tables may contain the element {@code running-time} without this
 * component; one component of the page has to {@linkplain #define define} it.
 */
@Tag("running-time")
@StyleSheet("running-time.css")
public final class RunningTime extends Component {

    private static final long serialVersionUID = 1L;

    private static final String BROWSER = BrowserScript.read("running-time.js");

    public RunningTime() {
        define(this);
    }

    /** Makes the browser know the element while the component is on a page, and tells it the server's time. */
    public static void define(Component component) {
        component.addAttachListener(attached -> attached.getUI()
                .getPage()
                .executeJs(
                        BROWSER,
                        (double) Instant.now().toEpochMilli(),
                        component.getTranslation("parts.day"),
                        component.getTranslation("parts.hour")));
    }

    /** Counts from an instant. */
    public void since(Instant begin) {
        getElement().setAttribute("since", Long.toString(begin.toEpochMilli()));
    }

    /** Shows nothing. */
    public void stop() {
        getElement().removeAttribute("since");
    }

    /** Sets after what times the colour changes. */
    public void thresholds(Duration warning, Duration alarm) {
        getElement().setAttribute("warning", Long.toString(warning.toSeconds()));
        getElement().setAttribute("alarm", Long.toString(alarm.toSeconds()));
    }
}
