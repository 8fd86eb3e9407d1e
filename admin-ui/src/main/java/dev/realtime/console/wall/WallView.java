package dev.realtime.console.wall;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.calls.CallThresholds;
import dev.realtime.console.frame.AwayBanner;
import dev.realtime.console.frame.Pulse;
import dev.realtime.console.language.Sizes;
import dev.realtime.console.language.Times;
import dev.realtime.console.live.Live;
import dev.realtime.console.live.Moment;
import dev.realtime.console.parts.RunningTime;
import dev.realtime.console.parts.Words;
import dev.realtime.console.security.CurrentUser;
import dev.realtime.contracts.board.LiveCall;
import dev.realtime.contracts.board.PersonStatus;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The wallboard, for a screen on the wall: who waits and for how long, who talks, what was missed today, and what
 * people do. Says so when its numbers are old, whatever the reason.
 */
@PermitAll
@StyleSheet("wall.css")
@StyleSheet("running-time.css")
@Route(value = "wall", autoLayout = false)
public final class WallView extends Div implements HasDynamicTitle {

    private static final long serialVersionUID = 1L;

    /** Older numbers are not what is going on now. */
    private static final Duration FRESH = Duration.ofSeconds(8);

    private static final List<PersonStatus> STATUSES =
            List.of(PersonStatus.FREE, PersonStatus.RINGING, PersonStatus.TALKING, PersonStatus.OFFLINE);

    private final WallTile waiting = new WallTile(getTranslation("wall.waiting"), "wall-waiting");
    private final WallTile talking = new WallTile(getTranslation("wall.talking"), "wall-talking");
    private final WallTile missed = new WallTile(getTranslation("wall.missed"), "wall-missed");
    private final Map<PersonStatus, WallTile> people = new EnumMap<>(PersonStatus.class);
    private final Span longestName = new Span(getTranslation("wall.longest"));
    private final RunningTime longest = new RunningTime();
    private final Span asOf = new Span();
    private final Span old = new Span();
    private final WallSwitches switches;
    private final transient WallFeed feed;
    private final transient Times times;
    private transient @Nullable WallNumbers shown;
    private transient @Nullable RuntimeException failure;
    private String title = "";

    public WallView(Live live, AdminApi api, CallThresholds thresholds) {
        times = Times.of(UI.getCurrent());
        feed = new WallFeed(api, CurrentUser.get(), times);
        switches = new WallSwitches(thresholds);
        addClassName("wall");
        longest.thresholds(thresholds.warnAfter(), thresholds.alarmAfter());
        Div wait = new Div(longestName, longest);
        wait.addClassName("wall-longest");
        waiting.add(wait);
        Div persons = new Div();
        persons.addClassName("wall-people");
        for (PersonStatus status : STATUSES) {
            WallTile tile = new WallTile(
                    getTranslation("wall.status-" + status.wireName()), "wall-status-" + status.wireName());
            people.put(status, tile);
            persons.add(tile);
        }
        Main board = new Main(waiting, talking, missed, persons);
        board.addClassNames("view", "wall-board");
        old.addClassName("wall-old");
        old.getElement().setAttribute("role", "alert");
        old.setVisible(false);
        add(head(), new AwayBanner(live), new Pulse(live), old, board);
        live.tell(this, this::prepare);
    }

    private Header head() {
        asOf.addClassName("quiet");
        Anchor back = new Anchor("calls", getTranslation("wall.back"));
        Header head = new Header(new H1(getTranslation("wall.title")), asOf, switches, back);
        head.addClassName("wall-head");
        return head;
    }

    private Runnable prepare(Moment moment) {
        WallFeed.Answer answer = feed.ask(moment);
        return () -> {
            if (answer != null) {
                failure = answer.failure();
                if (answer.numbers() != null) {
                    show(answer.numbers());
                }
            }
            showAge(moment);
        };
    }

    private void show(WallNumbers numbers) {
        shown = numbers;
        waiting.show(numbers.waiting());
        talking.show(numbers.talking());
        missed.show(numbers.missed());
        people.forEach((status, tile) -> tile.show(numbers.people().getOrDefault(status, 0)));
        boolean somebody = !numbers.longest().isEmpty();
        longestName.setVisible(somebody);
        if (somebody) {
            LiveCall first = numbers.longest().getFirst();
            longest.since(first.stageSince());
        } else {
            longest.stop();
        }
        switches.waiting(numbers.longest());
        asOf.setText(getTranslation("wall.as-of", times.clock(numbers.asOf())));
    }

    /** Fades numbers that are old, and says why. The title says it too, or how many calls wait. */
    private void showAge(Moment moment) {
        WallNumbers numbers = shown;
        RuntimeException reason = failure;
        Instant at = numbers == null ? null : numbers.asOf();
        boolean stale = reason != null || (at != null && at.plus(FRESH).isBefore(moment.now()));
        setClassName("wall-stale", stale);
        // The frame's banner tells of an outage of the service.
        old.setVisible(stale && !moment.service().isAway());
        if (stale) {
            String why = reason == null ? "" : " " + Words.reason(this, reason);
            old.setText((at == null ? getTranslation("wall.none") : getTranslation("wall.old", times.clock(at))) + why);
        }
        String name = getTranslation("wall.title");
        String now = stale || moment.isOld()
                ? "⚠ " + name
                : numbers == null || numbers.waiting() == 0
                        ? name
                        : "(" + Sizes.number(numbers.waiting(), getLocale()) + ") " + name;
        if (!now.equals(title)) {
            title = now;
            UI.getCurrent().getPage().setTitle(now);
        }
    }

    @Override
    public String getPageTitle() {
        return getTranslation("wall.title");
    }
}
