package dev.realtime.console.overview;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.realtime.console.language.Sizes;
import java.util.Comparator;
import java.util.Map;

/** The parts of a whole as bars, largest first. */
final class Bars extends Section {

    private static final long serialVersionUID = 1L;
    private static final int MOST = 8;

    private final Div rows = new Div();
    private Map<String, Integer> shown = Map.of();

    Bars(String title) {
        addClassNames("card", "bars");
        rows.getElement().setAttribute("role", "list");
        add(new H2(title), rows);
        nothing();
    }

    private void nothing() {
        Span none = new Span(getTranslation("overview.nothing"));
        none.addClassName("quiet");
        rows.add(none);
    }

    void show(Map<String, Integer> parts) {
        if (parts.equals(shown)) {
            return;
        }
        shown = Map.copyOf(parts);
        rows.removeAll();
        int greatest = parts.values().stream().max(Comparator.naturalOrder()).orElse(1);
        parts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .forEach(part -> rows.add(row(part.getKey(), part.getValue(), greatest)));
        if (parts.isEmpty()) {
            nothing();
        }
    }

    private Div row(String name, int count, int greatest) {
        Span label = new Span(name);
        label.addClassName("bar-name");
        Span number = new Span(Sizes.number(count, getLocale()));
        number.addClassName("bar-number");
        Div fill = new Div();
        fill.setWidth(100.0 * count / Math.max(1, greatest) + "%");
        Div bar = new Div(fill);
        bar.addClassName("bar");
        Div row = new Div(label, number, bar);
        row.addClassName("bar-row");
        row.getElement().setAttribute("role", "listitem");
        return row;
    }
}
