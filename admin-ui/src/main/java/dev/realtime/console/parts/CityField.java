package dev.realtime.console.parts;

import com.vaadin.flow.component.combobox.ComboBox;
import dev.realtime.contracts.Room;
import org.jspecify.annotations.Nullable;

/** A city. Suggests those that somebody is in now, and accepts any other. */
public final class CityField extends ComboBox<String> {

    private static final long serialVersionUID = 1L;

    public CityField(String label, Suggestions suggestions) {
        setLabel(label);
        setClearButtonVisible(true);
        setAllowCustomValue(true);
        setPlaceholder(getTranslation("parts.any"));
        addCustomValueSetListener(typed -> choose(typed.getDetail().strip()));
        suggestions.cities(this, Room::name);
    }

    /** @param city empty for all */
    public void choose(@Nullable String city) {
        setValue(city == null || city.isEmpty() ? null : city);
    }
}
