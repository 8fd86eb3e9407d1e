package dev.realtime.console.events;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.dom.DomListenerRegistration;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.frame.MainLayout;
import dev.realtime.console.language.Sizes;
import dev.realtime.console.language.Times;
import dev.realtime.console.live.EventFeed;
import dev.realtime.console.live.FeedEvent;
import dev.realtime.console.live.Live;
import dev.realtime.console.live.Moment;
import dev.realtime.console.parts.Address;
import dev.realtime.console.parts.DetailHistory;
import dev.realtime.console.parts.LightTable;
import dev.realtime.console.parts.Suggestions;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.console.security.CurrentUser;
import jakarta.annotation.security.PermitAll;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The live events, or the history page by page, and the details of one event. */
@PermitAll
@StyleSheet("events.css")
@Route(value = "events", layout = MainLayout.class)
public final class EventsView extends Div implements HasDynamicTitle, BeforeEnterObserver {

    private static final long serialVersionUID = 1L;

    private final EventFeed feed;
    private final ConsoleUser user = CurrentUser.get();
    private final FilterBar filters;
    private final Select<Pace> pace = new Select<>();
    private final Button pause = new Button();
    private final Button past = new Button();
    private final Span state = new Span();
    private final LightTable table;
    private final EventSheet sheet;
    private final FeedWindow window = new FeedWindow();
    private final Past lookBack;
    private final DetailHistory history = new DetailHistory("events");
    private boolean isPast;
    private boolean arriving;
    private @Nullable DomListenerRegistration key;

    public EventsView(AdminApi api, EventFeed feed, Live live) {
        this.feed = feed;
        addClassNames("view", "events");
        filters = new FilterBar(new Suggestions(api, user), this::changed);
        table = new LightTable(getTranslation("frame.events"), EventRows.columns(this), this::open);
        lookBack = new Past(api, user, table, new History());
        sheet = new EventSheet(api, user, live, this::asked);
        sheet.addOpenedChangeListener(change -> {
            if (!change.isOpened()) {
                table.mark("");
                if (!arriving) {
                    address();
                }
            }
        });
        pace.setLabel(getTranslation("events.pace"));
        pace.setItems(Pace.values());
        pace.setItemLabelGenerator(each -> getTranslation("events.pace-" + each.code()));
        pace.setValue(Pace.FIVE);
        pace.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                changed();
            }
        });
        pause.addClickListener(click -> pause(!window.isPaused()));
        pause.addClassName("events-pause");
        past.addClickListener(click -> goTo(!isPast));
        state.addClassNames("quiet", "events-state");
        Div buttons = new Div(pause, past);
        buttons.addClassName("events-buttons");
        filters.add(pace, buttons);
        add(filters, lookBack, state, table);
        label();
        live.tellOfEvents(this, this::tick);
    }

    @Override
    public String getPageTitle() {
        return getTranslation("frame.events");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryParameters parameters = event.getLocation().getQueryParameters();
        String after = Address.value(parameters, "after");
        String before = Address.value(parameters, "before");
        EventFilter shown = filters.value();
        boolean wasPast = isPast;
        isPast = !before.isEmpty();
        filters.past(isPast);
        filters.show(new EventFilter(
                Address.value(parameters, "event"),
                Address.value(parameters, "room"),
                Address.value(parameters, "text"),
                "",
                Address.value(parameters, "operator"),
                Address.value(parameters, "city")));
        pace.setValue(Pace.of(Address.value(parameters, "pace")));
        window.choose(filters.value(), pace.getValue());
        // Closing a detail leads back here; what a long search has found stays.
        boolean stays = wasPast && isPast && lookBack.isAt(after, before) && shown.equals(filters.value());
        if (!stays) {
            lookBack.start(after, before);
        }
        arrive(Address.value(parameters, "id"), Address.value(parameters, "why"));
        label();
        if (!isPast) {
            lookBack.forget();
        } else if (!stays) {
            lookBack.load();
        }
    }

    /** Opens the event of the address, or none. */
    private void arrive(String id, String why) {
        arriving = true;
        if (!id.isEmpty() && !(sheet.isOpened() && id.equals(sheet.shownId()))) {
            sheet.show(id);
            table.mark(id);
        } else if (id.isEmpty() && sheet.isOpened()) {
            sheet.close();
        }
        if (!id.isEmpty()) {
            sheet.why().choose(why);
        }
        arriving = false;
        history.arrived(state(), !id.isEmpty());
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        // By the physical key, independent of the keyboard layout; not while the user types.
        key = attached.getUI()
                .getElement()
                .addEventListener("keydown", pressed -> pause(!window.isPaused()))
                .setFilter("event.code === 'KeyP' && !event.ctrlKey && !event.metaKey && !event.altKey"
                        + " && !event.composedPath()[0].matches('input, textarea')");
    }

    @Override
    protected void onDetach(DetachEvent detached) {
        if (key != null) {
            key.remove();
        }
        lookBack.forget();
    }

    private void pause(boolean still) {
        if (isPast) {
            return;
        }
        window.pause(still);
        if (!still) {
            window.tick(feed.newest(EventFeed.MOST), Instant.now());
        }
        showFeed();
        label();
    }

    private void changed() {
        window.choose(filters.value(), pace.getValue());
        address();
        if (isPast) {
            lookBack.startHere();
            lookBack.load();
        } else {
            window.tick(feed.newest(EventFeed.MOST), Instant.now());
            showFeed();
        }
    }

    private void open(String id) {
        sheet.show(id);
        table.mark(id);
        address();
    }

    private void goTo(boolean pastNow) {
        isPast = pastNow;
        lookBack.start("", isPast ? EventPlaces.NOW : "");
        label();
        address();
        if (isPast) {
            lookBack.load();
        } else {
            lookBack.forget();
            window.pause(false);
            window.tick(feed.newest(EventFeed.MOST), Instant.now());
            showFeed();
            label();
        }
    }

    private void label() {
        pause.setText(getTranslation(window.isPaused() ? "events.go-on" : "events.pause"));
        pause.setIcon((window.isPaused() ? VaadinIcon.PLAY : VaadinIcon.PAUSE).create());
        pause.setTooltipText(getTranslation("events.pause-key"));
        pause.setVisible(!isPast);
        pace.setVisible(!isPast);
        past.setText(getTranslation(isPast ? "events.live" : "events.past"));
        past.setIcon((isPast ? VaadinIcon.BOLT : VaadinIcon.TIME_BACKWARD).create());
        lookBack.setVisible(isPast);
        filters.past(isPast);
        table.none(getTranslation(isPast ? "events.none-past" : "events.none"));
    }

    private @Nullable Runnable tick(Moment moment) {
        List<FeedEvent> newest = feed.newest(EventFeed.MOST);
        return () -> {
            if (!isPast) {
                window.tick(newest, moment.now());
                showFeed();
            }
        };
    }

    private void showFeed() {
        Times times = Times.of(getUI().orElseGet(UI::getCurrent));
        table.show(window.shown().stream()
                .map(event -> EventRows.row(this, event, times, getLocale()))
                .toList());
        var points = feed.perSecond().points();
        String rate = Sizes.decimal(points.isEmpty() ? 0 : points.getLast().value(), getLocale());
        String words = window.isPaused()
                ? getTranslation("events.state-paused", window.waiting())
                : getTranslation("events.state-live", rate);
        if (window.leftOut() > 0) {
            words += " · " + getTranslation("events.left-out", Sizes.number(window.leftOut(), getLocale()));
        }
        state.setText(words);
    }

    private void asked() {
        if (!arriving) {
            address();
        }
    }

    private void address() {
        history.show(getUI().orElseGet(UI::getCurrent), state(), sheet.isOpened());
    }

    private Map<String, String> state() {
        EventFilter filter = filters.value();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("event", filter.event());
        parameters.put("room", filter.room());
        parameters.put("text", filter.text());
        parameters.put("operator", filter.operator());
        parameters.put("city", filter.city());
        parameters.put(
                "pace", pace.getValue() == Pace.FIVE ? "" : pace.getValue().code());
        parameters.put("after", isPast ? lookBack.after() : "");
        parameters.put("before", isPast ? lookBack.place() : "");
        parameters.put("id", sheet.isOpened() ? sheet.shownId() : "");
        parameters.put("why", sheet.isOpened() ? sheet.why().chosen() : "");
        return parameters;
    }

    private final class History implements Past.Host {

        @Override
        public EventFilter filter() {
            return filters.value();
        }

        @Override
        public void moved() {
            address();
            lookBack.load();
        }

        @Override
        public void open(String id) {
            EventsView.this.open(id);
        }

        @Override
        public void say(String words) {
            state.setText(words);
        }
    }
}
