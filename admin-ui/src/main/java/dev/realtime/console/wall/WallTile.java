package dev.realtime.console.wall;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.realtime.console.language.Sizes;

/** A number with its name, readable from afar. */
final class WallTile extends Div {

    private static final long serialVersionUID = 1L;

    private final Span number = new Span("–");

    /** @param css the tile's class */
    WallTile(String name, String css) {
        addClassNames("wall-tile", css);
        Span label = new Span(name);
        label.addClassName("wall-name");
        number.addClassName("wall-number");
        add(label, number);
    }

    void show(int count) {
        number.setText(Sizes.number(count, getLocale()));
    }
}
