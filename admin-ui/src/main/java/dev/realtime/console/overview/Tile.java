package dev.realtime.console.overview;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** One number with its label. */
final class Tile extends Div {

    private static final long serialVersionUID = 1L;

    private final Span value = new Span("–");

    Tile(String name) {
        addClassName("tile");
        Span label = new Span(name);
        label.addClassName("tile-name");
        value.addClassName("tile-value");
        add(label, value);
    }

    void show(String text) {
        value.setText(text);
    }
}
