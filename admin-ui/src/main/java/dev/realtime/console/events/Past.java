package dev.realtime.console.events;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.LightTable;
import dev.realtime.console.parts.Words;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.admin.EventView;
import dev.realtime.contracts.admin.Slice;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The history in the view of events: its controls, and the search that fills the table. */
final class Past extends Div {

    private static final long serialVersionUID = 1L;

    /** What the history needs of its view. */
    interface Host {

        EventFilter filter();

        /** Shows another page of the history, in the address too. */
        void moved();

        void open(String id);

        void say(String state);
    }

    private final LightTable table;
    private final Host host;
    private final PastPages pages;
    private final LookBackBar bar = new LookBackBar(new Wishes());
    private final SearchProgress progress = new SearchProgress(this::stop);
    private @Nullable Instant reached;

    Past(AdminApi api, ConsoleUser user, LightTable table, Host host) {
        this.table = table;
        this.host = host;
        addClassName("past");
        pages = new PastPages(api, user, this);
        add(bar, progress);
    }

    /** Goes to a page of a period; both are of the address. */
    void start(String after, String before) {
        pages.after(after);
        pages.start(before);
        showPeriod();
    }

    /** Whether this is the page and the period. */
    boolean isAt(String after, String before) {
        return pages.after().equals(after) && pages.place().equals(before);
    }

    /** Stays at the page, for another filter. */
    void startHere() {
        pages.startHere();
    }

    /** The page's place for the address. */
    String place() {
        return pages.place();
    }

    /** The begin of the period for the address. */
    String after() {
        return pages.after();
    }

    /** Shows nothing that is still pending. */
    void forget() {
        pages.stop();
        progress.hide();
    }

    /** Searches for the page, and shows it. */
    void load() {
        Instant begin = begin();
        reached = null;
        progress.hide();
        host.say(getTranslation("events.loading"));
        table.none(getTranslation("events.loading"));
        pages.read(host.filter(), new PastPages.Listener() {
            @Override
            public void searching(Slice<EventView> soFar) {
                reached = soFar.searchedTo();
                Instant end = soFar.oldest();
                table.show(List.of());
                table.none(getTranslation("events.searching"));
                host.say("");
                if (reached != null && end != null) {
                    progress.show(begin, reached, end, times());
                }
            }

            @Override
            public void found(Slice<EventView> page) {
                progress.hide();
                show(page);
            }

            @Override
            public void failed(RuntimeException failure) {
                progress.hide();
                String reason = Words.reason(Past.this, failure);
                table.show(List.of());
                table.none(reason);
                host.say(reason);
                bar.show(pages.hasNewer(), pages.hasOlder(), "");
            }
        });
    }

    private void stop() {
        pages.stop();
        progress.hide();
        Instant to = reached;
        String words =
                to == null ? getTranslation("events.none-past") : getTranslation("events.stopped", times().day(to));
        table.none(words);
        host.say(words);
        bar.show(pages.hasNewer(), pages.hasOlder(), "");
        bar.focusOlder();
    }

    private void show(Slice<EventView> page) {
        Times times = times();
        table.none(getTranslation("events.none-past"));
        table.show(page.items().stream()
                .map(event -> EventRows.row(this, event, times, getLocale()))
                .toList());
        String span = page.items().isEmpty()
                ? ""
                : times.day(page.items().getLast().at()) + " – "
                        + times.day(page.items().getFirst().at());
        bar.show(pages.hasNewer(), pages.hasOlder(), span);
        String found = getTranslation("events.state-past", page.items().size());
        Instant searched = page.searchedTo();
        Instant end = page.oldest();
        host.say(
                searched == null || end == null || !pages.hasOlder()
                        ? found
                        : found + " · " + getTranslation("events.searched", times.day(searched), times.day(end)));
    }

    /** Where a search of the page begins; an id begins with its time. */
    private Instant begin() {
        LocalDateTime place = bar.before();
        return place == null ? Instant.now() : place.atZone(times().zone()).toInstant();
    }

    private void showPeriod() {
        bar.showPeriod(pages.after(), pages.place(), times());
    }

    private Times times() {
        return Times.of(getUI().orElseGet(UI::getCurrent));
    }

    private final class Wishes implements LookBackBar.Wishes {

        @Override
        public void period(@Nullable LocalDateTime after, @Nullable LocalDateTime before) {
            pages.after(text(after, ""));
            pages.start(text(before, EventPlaces.NOW));
            host.moved();
        }

        private String text(@Nullable LocalDateTime time, String otherwise) {
            return time == null
                    ? otherwise
                    : time.atZone(times().zone()).toInstant().toString();
        }

        @Override
        public void id(String id) {
            start("", EventPlaces.behind(id));
            host.moved();
            host.open(id);
        }

        @Override
        public void older() {
            if (pages.older()) {
                showPeriod();
                host.moved();
            }
        }

        @Override
        public void newer() {
            pages.newer();
            showPeriod();
            host.moved();
        }
    }
}
