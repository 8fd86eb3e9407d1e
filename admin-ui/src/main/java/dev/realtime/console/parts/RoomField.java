package dev.realtime.console.parts;

import com.vaadin.flow.component.combobox.ComboBox;
import dev.realtime.contracts.Room;

/**
 * A room, as its printed form. Suggests rooms with members, takes a part of a name that only one of them has, and
 * accepts any other valid room. The value is what was typed if that is no room; then the field says so.
 */
public final class RoomField extends ComboBox<String> {

    private static final long serialVersionUID = 1L;

    public RoomField(String label, Suggestions suggestions) {
        setLabel(label);
        setClearButtonVisible(true);
        setManualValidation(true);
        setItemLabelGenerator(printed -> RoomWords.of(this, printed));
        setPlaceholder(getTranslation("parts.room-hint"));
        suggestions.rooms(this, Room::toString, new Suggestions.Typed<>() {
            @Override
            public void take(String value) {
                setValue(value);
            }

            @Override
            public void refuse(String text, int matches) {
                setValue(text);
                RoomField.this.refuse(
                        matches == 0
                                ? getTranslation("parts.wrong-room")
                                : getTranslation("parts.many-rooms", text, matches));
            }
        });
        addValueChangeListener(changed -> refuse(""));
    }

    /** Shows an error; none if the text is empty. */
    public void refuse(String problem) {
        setErrorMessage(problem);
        setInvalid(!problem.isEmpty());
    }
}
