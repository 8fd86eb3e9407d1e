package dev.realtime.console.parts;

import com.vaadin.flow.component.combobox.ComboBoxBase;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.provider.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the service suggests for the text typed in a field. It is asked without the session's lock, so the field shows
 * the suggestions as soon as they are there. Guarded by the session's lock.
 */
final class Lookup<T> {

    private static final int MOST = 20;
    private static final Duration FRESH = Duration.ofSeconds(5);

    private record Answer<T>(List<T> items, Instant at) {}

    private final ComboBoxBase<?, T, ?> field;
    private final Function<String, List<T>> service;
    private final Map<String, Instant> asked = new LinkedHashMap<>();
    private final Map<String, Answer<T>> answers = new LinkedHashMap<>();

    /** @param service asks the service, without the session's lock */
    Lookup(ComboBoxBase<?, T, ?> field, Function<String, List<T>> service) {
        this.field = field;
        this.service = service;
        field.setItems((CallbackDataProvider.FetchCallback<T, String>) this::find);
    }

    private Stream<T> find(Query<T, String> typed) {
        String text = typed.getFilter().orElse("").strip();
        int limit = typed.getLimit();
        if (typed.getOffset() > 0) {
            return Stream.empty();
        }
        Answer<T> known = answers.get(text);
        if (known == null || known.at.plus(FRESH).isBefore(Instant.now())) {
            ask(text);
        }
        return known == null ? Stream.empty() : known.items.stream().limit(limit);
    }

    private void ask(String text) {
        Instant now = Instant.now();
        Instant before = asked.get(text);
        if (before != null && before.plus(FRESH).isAfter(now)) {
            return;
        }
        keep(asked, text, now);
        new Errand(field)
                .run(
                        () -> service.apply(text),
                        items -> {
                            Answer<T> old = answers.get(text);
                            keep(answers, text, new Answer<>(items, Instant.now()));
                            if (old == null || !old.items.equals(items)) {
                                field.getLazyDataView().refreshAll();
                            }
                        },
                        // Whatever is valid can still be typed.
                        failure -> asked.remove(text));
    }

    private static <V> void keep(Map<String, V> map, String text, V value) {
        map.remove(text);
        map.put(text, value);
        if (map.size() > MOST) {
            map.remove(map.keySet().iterator().next());
        }
    }

    /**
     * Finds what somebody means by a text.
     *
     * @param means whether the text is this item's own name
     * @param found called with the item, if there is only one, or else with the number of items that match
     */
    void meaning(String text, Predicate<T> means, Found<T> found) {
        new Errand(field)
                .run(
                        () -> service.apply(text),
                        items -> {
                            List<T> named = items.stream().filter(means).toList();
                            List<T> all = named.size() == 1 ? named : items;
                            found.accept(all.size() == 1 ? all.getFirst() : null, all.size());
                        },
                        failure -> found.accept(null, 0));
    }

    /** Receives the one item, or how many there are. */
    @FunctionalInterface
    interface Found<T> {
        void accept(@Nullable T item, int count);
    }
}
