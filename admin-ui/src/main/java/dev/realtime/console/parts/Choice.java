package dev.realtime.console.parts;

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
public final class Choice extends Select<String> {

    private static final long serialVersionUID = 1L;

    private Set<String> offered = Set.of();

    public Choice(String label) {
        setLabel(label);
        setEmptySelectionAllowed(true);
        setEmptySelectionCaption(getTranslation("parts.any"));
        name(value -> value);
    }

    /** Sets how values are written. */
    public void name(ItemLabelGenerator<String> names) {
        setItemLabelGenerator(value -> value == null ? getTranslation("parts.any") : names.apply(value));
    }

    /** Offers other values. */
    public void items(List<String> choices) {
        offer(choices, getValue());
    }

    /** @param value empty for all */
    public void choose(String value) {
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
