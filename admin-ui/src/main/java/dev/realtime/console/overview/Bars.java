package dev.realtime.console.overview;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.realtime.console.language.Sizes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The parts of a whole as bars, largest first. Only what has changed is sent to the browser. */
final class Bars extends Section {

    private static final long serialVersionUID = 1L;
    private static final int MOST = 8;

    private final Div rows = new Div();
    private final Span none = new Span(getTranslation("overview.nothing"));
    private final transient UnaryOperator<String> words;
    private final List<Bar> bars = new ArrayList<>();
    private Map<String, Integer> shown = Map.of();

    /** @param words what the parts are called */
    Bars(String title, UnaryOperator<String> words) {
        this.words = words;
        addClassNames("card", "bars");
        rows.getElement().setAttribute("role", "list");
        none.addClassName("quiet");
        add(new H2(title), none, rows);
        rows.setVisible(false);
    }

    void show(Map<String, Integer> parts) {
        if (parts.equals(shown)) {
            return;
        }
        shown = Map.copyOf(parts);
        int greatest = parts.values().stream().max(Comparator.naturalOrder()).orElse(1);
        List<Map.Entry<String, Integer>> sorted = parts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .toList();
        while (bars.size() > sorted.size()) {
            rows.remove(bars.removeLast());
        }
        for (int i = 0; i < sorted.size(); i++) {
            if (i == bars.size()) {
                bars.add(new Bar());
                rows.add(bars.getLast());
            }
            String part = sorted.get(i).getKey();
            bars.get(i).setTitle(part);
            bars.get(i).show(words.apply(part), sorted.get(i).getValue(), greatest);
        }
        none.setVisible(parts.isEmpty());
        rows.setVisible(!parts.isEmpty());
    }

    private static final class Bar extends Div {

        private static final long serialVersionUID = 1L;

        private final Span label = new Span();
        private final Span number = new Span();
        private final Div fill = new Div();

        Bar() {
            label.addClassName("bar-name");
            number.addClassName("bar-number");
            Div bar = new Div(fill);
            bar.addClassName("bar");
            add(label, number, bar);
            addClassName("bar-row");
            getElement().setAttribute("role", "listitem");
        }

        void show(String name, int count, int greatest) {
            label.setText(name);
            number.setText(Sizes.number(count, getLocale()));
            fill.setWidth(100.0 * count / Math.max(1, greatest) + "%");
        }
    }
}
