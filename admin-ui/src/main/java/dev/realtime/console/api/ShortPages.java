package dev.realtime.console.api;

import dev.realtime.contracts.admin.Slice;
import java.util.function.Function;

/**
 * Skips pages without matches: the service searches a bounded number of bytes per request and then returns where to
 * continue.
 */
public final class ShortPages {

    /** The most pages requested before the user has to ask for more. */
    static final int MOST = 8;

    private ShortPages() {}

    /**
     * The first page with matches, or the last of {@value #MOST} pages.
     *
     * @param place where to start; empty for the newest
     * @param ask requests the page before a place
     */
    public static <T> Slice<T> first(String place, Function<String, Slice<T>> ask) {
        Slice<T> page = ask.apply(place);
        for (int asked = 1; asked < MOST; asked++) {
            String next = page.before();
            if (!page.items().isEmpty() || next == null) {
                break;
            }
            page = ask.apply(next);
        }
        return page;
    }
}
