package dev.realtime.console.parts;

import dev.realtime.contracts.admin.Slice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list that grows at its beginning: its newest page is read again and again, older ones on demand. Guarded by the
 * session's lock.
 */
public final class NewestFirst<T> {

    private final Function<T, String> id;
    private List<T> items = List.of();
    private @Nullable String before;

    /** @param id identifies an item across changes */
    public NewestFirst(Function<T, String> id) {
        this.id = id;
    }

    /** The known items, newest first. */
    public List<T> items() {
        return items;
    }

    /** The place of older items; null if there are none. */
    public @Nullable String before() {
        return before;
    }

    /** Takes the newest page; the older items that are known stay behind it. */
    public void newest(Slice<T> page) {
        Set<String> ids = new HashSet<>();
        page.items().forEach(item -> ids.add(id.apply(item)));
        int known = 0;
        for (int i = 0; i < items.size(); i++) {
            if (ids.contains(id.apply(items.get(i)))) {
                known = i + 1;
            }
        }
        List<T> all = new ArrayList<>(page.items());
        if (known == 0 || page.before() == null) {
            // Without an overlap, the items in between are unknown; so the list starts again.
            before = page.before();
        } else {
            all.addAll(items.subList(known, items.size()));
        }
        items = List.copyOf(all);
    }

    /** Takes the page that {@link #before()} has led to. */
    public void older(Slice<T> page) {
        List<T> all = new ArrayList<>(items);
        all.addAll(page.items());
        items = List.copyOf(all);
        before = page.before();
    }
}
