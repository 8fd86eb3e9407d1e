package dev.realtime.console.send;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBoxI18n;
import dev.realtime.console.parts.Suggestions.Typed;
import java.util.HashSet;
import java.util.Set;

/** Fields into which several values are typed, one after the other. */
final class ManyValues {

    private ManyValues() {}

    static void setUp(MultiSelectComboBox<?> field) {
        field.setClearButtonVisible(true);
        field.setManualValidation(true);
        field.setI18n(new MultiSelectComboBoxI18n()
                .setCleared(field.getTranslation("parts.choice-cleared"))
                .setFocused(field.getTranslation("parts.choice-focused"))
                .setSelected(field.getTranslation("parts.choice-selected"))
                .setDeselected(field.getTranslation("parts.choice-deselected"))
                .setTotal(field.getTranslation("parts.choice-total")));
        field.setWidthFull();
    }

    /** Adds what was typed to the field's values, or says at the field why not. */
    static <T> Typed<T> typed(MultiSelectComboBox<T> field, String problem) {
        return new Typed<>() {
            @Override
            public void take(T value) {
                Set<T> all = new HashSet<>(field.getValue());
                all.add(value);
                field.setValue(all);
                field.setInvalid(false);
            }

            @Override
            public void refuse(String text, int matches) {
                field.setErrorMessage(
                        matches == 0
                                ? field.getTranslation(problem, text)
                                : field.getTranslation("send.many", text, matches));
                field.setInvalid(true);
                field.focus();
            }
        };
    }
}
