package dev.realtime.console.events;

import com.vaadin.flow.component.Component;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.parts.Errand;
import dev.realtime.console.parts.PagePlaces;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.admin.EventView;
import dev.realtime.contracts.admin.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Which page of the history is shown, and the search for it. The service searches a bounded number of bytes per request,
 * so the search asks again and again until an answer has events, or nothing is left, or it is stopped. Guarded by the
 * session's lock.
 */
final class PastPages {

    private static final int PAGE = 100;

    /** Receives what a search has come to; called under the session's lock. */
    interface Listener {

        /** An answer without events: the search goes on from {@link Slice#searchedTo}. */
        void searching(Slice<EventView> soFar);

        /** The page, which is empty if there is nothing more to be found. */
        void found(Slice<EventView> page);

        void failed(RuntimeException failure);
    }

    private final AdminApi api;
    private final ConsoleUser user;
    private final Component owner;
    private final Errand errand;
    private final PagePlaces places = new PagePlaces();
    private String after = "";
    private @Nullable String olderThan;

    /** @param owner what shows the pages; a search ends with it */
    PastPages(AdminApi api, ConsoleUser user, Component owner) {
        this.api = api;
        this.user = user;
        this.owner = owner;
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

    /** Searches no further back than this time; empty for everything that is kept. */
    void after(String time) {
        after = time;
    }

    String after() {
        return after;
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

    /** Searches for the page: the first events at or behind its place that match. */
    void read(EventFilter filter, Listener listener) {
        olderThan = null;
        read(filter, places.before(), listener);
    }

    private void read(EventFilter filter, String place, Listener listener) {
        var query = filter.query().with("count", PAGE).with("after", after).with("before", place);
        errand.run(
                () -> api.events(user, query),
                page -> {
                    String next = page.before();
                    olderThan = next;
                    if (!page.items().isEmpty() || next == null) {
                        listener.found(page);
                    } else if (owner.isAttached()) {
                        listener.searching(page);
                        read(filter, next, listener);
                    }
                },
                listener::failed);
    }

    /** Stops the search where it is: what is pending is not shown, and {@link #older} goes on from there. */
    void stop() {
        errand.forget();
    }
}
