package dev.realtime.console.events;

import com.vaadin.flow.component.Component;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.ShortPages;
import dev.realtime.console.parts.Errand;
import dev.realtime.console.parts.PagePlaces;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.admin.EventView;
import dev.realtime.contracts.admin.Slice;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which page of the history is shown, and how it is read. Guarded by the session's lock. */
final class PastPages {

    private static final int PAGE = 100;

    private final AdminApi api;
    private final ConsoleUser user;
    private final Errand errand;
    private final PagePlaces places = new PagePlaces();
    private @Nullable String olderThan;

    PastPages(AdminApi api, ConsoleUser user, Component owner) {
        this.api = api;
        this.user = user;
        this.errand = new Errand(owner);
    }

    /** Goes to the page before a place; the way back from there leads to the newest page. */
    void start(String before) {
        places.start(before.equals(EventPlaces.NOW) ? "" : before);
    }

    /** Stays at the page, and forgets the way that led to it. */
    void startHere() {
        places.start(places.before());
    }

    /** Goes to the next older page. Returns false if there is none. */
    boolean older() {
        if (olderThan == null) {
            return false;
        }
        places.older(olderThan);
        return true;
    }

    void newer() {
        places.newer();
    }

    boolean hasOlder() {
        return olderThan != null;
    }

    boolean hasNewer() {
        return !places.isNewest();
    }

    /** The page, for the address bar. */
    String place() {
        return places.isNewest() ? EventPlaces.NOW : places.before();
    }

    /** Reads the page, or the first one behind it with events that match. */
    void read(EventFilter filter, Consumer<Slice<EventView>> shown, Consumer<RuntimeException> failed) {
        String begin = places.before();
        var query = filter.query().with("count", PAGE);
        errand.run(
                () -> ShortPages.first(begin, place -> api.events(user, query.with("before", place))),
                page -> {
                    olderThan = page.before();
                    shown.accept(page);
                },
                failed);
    }

    /** Shows no answer that is still pending. */
    void forget() {
        errand.forget();
    }
}
