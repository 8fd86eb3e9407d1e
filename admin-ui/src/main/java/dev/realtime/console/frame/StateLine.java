package dev.realtime.console.frame;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.realtime.console.live.Live;
import dev.realtime.console.live.Moment;

/** The state of the service and of Redis, in two words each. */
final class StateLine extends Div {

    private static final long serialVersionUID = 1L;

    private enum State {
        UP("up"),
        DOWN("down"),
        UNKNOWN("unknown");

        private final String word;

        State(String word) {
            this.word = word;
        }
    }

    private final Span service = new Span();
    private final Span redis = new Span();

    StateLine(Live live) {
        addClassName("state-line");
        getElement().setAttribute("role", "status");
        add(service, redis);
        live.tell(this, moment -> () -> show(moment));
    }

    private void show(Moment moment) {
        boolean away = moment.service().isAway();
        boolean known = moment.service().health() != null;
        show(service, "frame.service", away ? State.DOWN : known ? State.UP : State.UNKNOWN);
        show(redis, "frame.redis", redis(moment, known && !away));
    }

    /** A service that does not answer cannot report the state of Redis; the console's own connection tells something. */
    private static State redis(Moment moment, boolean reported) {
        if (reported && moment.service().isRedisAway() || moment.deaf()) {
            return State.DOWN;
        }
        return reported ? State.UP : State.UNKNOWN;
    }

    private void show(Span line, String key, State state) {
        line.setClassName("state state-" + state.word);
        name(line, getTranslation(key), getTranslation("frame." + state.word));
    }

    /** The word beside the dot is for those who do not see its colour. */
    private static void name(Span line, String what, String state) {
        String title = what + ": " + state;
        if (!title.equals(line.getElement().getAttribute("title"))) {
            Span word = new Span(": " + state);
            word.addClassName("only-read");
            line.removeAll();
            line.add(new Span(what), word);
            line.setTitle(title);
        }
    }
}
