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
import dev.realtime.console.parts.Words;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.console.security.CurrentUser;
import dev.realtime.contracts.admin.EventView;
import dev.realtime.contracts.admin.Slice;
import jakarta.annotation.security.PermitAll;
import java.time.Instant;
import java.time.LocalDateTime;
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
    private final LookBackBar lookBack = new LookBackBar(new Wishes());
    private final LightTable table;
    private final EventSheet sheet;
    private final FeedWindow window = new FeedWindow();
    private final PastPages pages;
    private final DetailHistory history = new DetailHistory("events");
    private boolean isPast;
    private boolean arriving;
    private @Nullable DomListenerRegistration key;

    public EventsView(AdminApi api, EventFeed feed, Live live) {
        this.feed = feed;
        pages = new PastPages(api, user, this);
        addClassNames("view", "events");
        filters = new FilterBar(new Suggestions(api, user), this::changed);
        table = new LightTable(getTranslation("frame.events"), EventRows.columns(this), this::open);
        sheet = new EventSheet(api, user, live);
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
        past.addClickListener(click -> goTo(!isPast, isPast ? "" : EventPlaces.NOW));
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
        filters.past(!Address.value(parameters, "before").isEmpty());
        filters.show(new EventFilter(
                Address.value(parameters, "event"),
                Address.value(parameters, "room"),
                Address.value(parameters, "text"),
                "",
                Address.value(parameters, "operator"),
                Address.value(parameters, "city")));
        pace.setValue(Pace.of(Address.value(parameters, "pace")));
        window.choose(filters.value(), pace.getValue());
        String before = Address.value(parameters, "before");
        isPast = !before.isEmpty();
        pages.start(before);
        lookBack.showPlace(before, Times.of(UI.getCurrent()));
        arrive(Address.value(parameters, "id"));
        label();
        if (isPast) {
            load();
        }
    }

    /** Opens the event of the address, or none. */
    private void arrive(String id) {
        arriving = true;
        if (!id.isEmpty() && !(sheet.isOpened() && id.equals(sheet.shownId()))) {
            sheet.show(id);
            table.mark(id);
        } else if (id.isEmpty() && sheet.isOpened()) {
            sheet.close();
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
            pages.startHere();
            load();
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

    private void goTo(boolean pastNow, String before) {
        isPast = pastNow;
        pages.start(before);
        label();
        address();
        if (isPast) {
            load();
        } else {
            pages.forget();
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

    private void load() {
        state.setText(getTranslation("events.loading"));
        table.none(getTranslation("events.loading"));
        pages.read(filters.value(), this::showPast, failure -> {
            String reason = Words.reason(this, failure);
            table.show(List.of());
            table.none(reason);
            state.setText(reason);
        });
    }

    private void showPast(Slice<EventView> page) {
        Times times = Times.of(getUI().orElseGet(UI::getCurrent));
        table.none(getTranslation("events.none-past"));
        table.show(page.items().stream()
                .map(event -> EventRows.row(this, event, times, getLocale()))
                .toList());
        String span = page.items().isEmpty()
                ? ""
                : times.day(page.items().getLast().at()) + " – "
                        + times.day(page.items().getFirst().at());
        lookBack.show(pages.hasNewer(), pages.hasOlder(), span);
        String found = getTranslation("events.state-past", page.items().size());
        Instant reached = page.searchedTo();
        Instant end = page.oldest();
        state.setText(
                reached == null || end == null || !pages.hasOlder()
                        ? found
                        : found + " · " + getTranslation("events.searched", times.day(reached), times.day(end)));
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
        parameters.put("before", isPast ? pages.place() : "");
        parameters.put("id", sheet.isOpened() ? sheet.shownId() : "");
        return parameters;
    }

    private final class Wishes implements LookBackBar.Wishes {

        @Override
        public void before(LocalDateTime time) {
            Times times = Times.of(getUI().orElseThrow());
            goTo(true, time.atZone(times.zone()).toInstant().toString());
        }

        @Override
        public void id(String id) {
            goTo(true, EventPlaces.behind(id));
            showPlace();
            open(id);
        }

        private void showPlace() {
            lookBack.showPlace(pages.place(), Times.of(getUI().orElseThrow()));
        }

        @Override
        public void older() {
            if (pages.older()) {
                showPlace();
                address();
                load();
            }
        }

        @Override
        public void newer() {
            pages.newer();
            showPlace();
            address();
            load();
        }
    }
}
