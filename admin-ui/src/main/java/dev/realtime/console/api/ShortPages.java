package dev.realtime.console.api;

import dev.realtime.contracts.admin.Slice;
import java.util.function.Function;

/**
 * Goes on through pages in which the service found nothing: it looks through a bounded number of bytes a request, and then
 * says where to go on.
 */
public final class ShortPages {

    /** How many pages are asked for before a person has to say whether to go on. */
    static final int MOST = 8;

    private ShortPages() {}

    /**
     * The first page that has something, or the last one of {@value #MOST}.
     *
     * @param place where to begin; empty for the newest
     * @param ask asks for the page before a place
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
