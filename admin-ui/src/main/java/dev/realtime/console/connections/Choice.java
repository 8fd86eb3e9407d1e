package dev.realtime.console.connections;

import com.vaadin.flow.component.ItemLabelGenerator;
import com.vaadin.flow.component.select.Select;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects one of several values, or all. The selection stays when the choices change, even if it is no longer among
 * them.
 */
final class Choice extends Select<String> {

    private static final long serialVersionUID = 1L;

    private Set<String> offered = Set.of();

    Choice(String label) {
        setLabel(label);
        setEmptySelectionAllowed(true);
        setEmptySelectionCaption(getTranslation("connections.any"));
        name(value -> value);
    }

    void name(ItemLabelGenerator<String> names) {
        setItemLabelGenerator(value -> value == null ? getTranslation("connections.any") : names.apply(value));
    }

    void items(List<String> choices) {
        offer(choices, getValue());
    }

    /** @param value empty for all */
    void choose(String value) {
        if (!value.isEmpty() && !offered.contains(value)) {
            offer(List.copyOf(offered), value);
        }
        setValue(value.isEmpty() ? null : value);
    }

    private void offer(List<String> choices, @Nullable String value) {
        Set<String> all = new LinkedHashSet<>(choices);
        if (value != null) {
            all.add(value);
        }
        if (!all.equals(offered)) {
            offered = Set.copyOf(all);
            setItems(all);
            setValue(value);
        }
    }
}
