package dev.realtime.console.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import java.util.HashMap;
import java.util.Map;

/** A list of names and values whose values can be replaced one by one. */
@Tag("dl")
public final class Facts extends Component {

    private static final long serialVersionUID = 1L;

    private final Map<String, Span> values = new HashMap<>();

    public Facts() {
        getElement().getClassList().add("facts");
    }

    public void set(String name, String value) {
        set(name, value, "");
    }

    /** @param className the value's CSS class; may be empty */
    public void set(String name, String value, String className) {
        Span shown = values.computeIfAbsent(name, this::row);
        shown.setText(value);
        shown.getElement().setAttribute("class", className);
    }

    private Span row(String name) {
        Span value = new Span();
        getElement().appendChild(new Element("dt").setText(name), new Element("dd").appendChild(value.getElement()));
        return value;
    }
}
