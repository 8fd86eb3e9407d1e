package dev.realtime.console.frame;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.realtime.console.live.Live;
import dev.realtime.console.live.Moment;

/** The state of the service and of Redis, in two words each. */
final class StateLine extends Div {

    private static final long serialVersionUID = 1L;

    private final Span service = new Span();
    private final Span redis = new Span();

    StateLine(Live live) {
        addClassName("state-line");
        getElement().setAttribute("role", "status");
        add(service, redis);
        live.tell(this, moment -> () -> show(moment));
    }

    private void show(Moment moment) {
        boolean known = moment.service().health() != null;
        boolean serviceUp = known && !moment.service().isAway();
        show(service, "frame.service", serviceUp);
        // A service that does not answer cannot report the state of Redis.
        show(redis, "frame.redis", serviceUp && !moment.service().isRedisAway() && !moment.deaf());
    }

    private void show(Span state, String key, boolean up) {
        state.setText(getTranslation(key));
        state.setClassName("state " + (up ? "state-up" : "state-down"));
        state.getElement()
                .setAttribute(
                        "aria-label", getTranslation(key) + ": " + getTranslation(up ? "frame.up" : "frame.down"));
    }
}
