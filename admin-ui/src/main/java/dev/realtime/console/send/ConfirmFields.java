package dev.realtime.console.send;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.realtime.console.parts.RoomWords;
import dev.realtime.console.parts.Suggestions;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.ConfirmationRequest;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields that ask for confirmation: whether, after what time people are reminded, and to whom it is escalated. */
final class ConfirmFields extends Div {

    private static final long serialVersionUID = 1L;

    private static final int USUAL_MINUTES = 5;

    /** The units of a time, and their seconds. */
    private enum Unit {
        SECONDS(1),
        MINUTES(60),
        HOURS(3_600);

        private final int seconds;

        Unit(int seconds) {
            this.seconds = seconds;
        }
    }

    private final Checkbox wanted = new Checkbox();
    private final IntegerField within = new IntegerField();
    private final Select<Unit> unit = new Select<>();
    private final MultiSelectComboBox<Room> escalateTo = new MultiSelectComboBox<>();
    private final Div more = new Div();

    ConfirmFields(Suggestions suggestions) {
        addClassName("confirm-fields");
        wanted.setLabel(getTranslation("send.confirmation"));
        wanted.addValueChangeListener(change -> more.setVisible(change.getValue()));
        within.setLabel(getTranslation("send.within"));
        within.setHelperText(getTranslation("send.within-help"));
        within.setStepButtonsVisible(true);
        within.setMin(1);
        within.setManualValidation(true);
        within.addValueChangeListener(change -> check());
        unit.setItems(Unit.values());
        unit.setItemLabelGenerator(each -> getTranslation(
                switch (each) {
                    case SECONDS -> "send.unit-seconds";
                    case MINUTES -> "send.unit-minutes";
                    case HOURS -> "send.unit-hours";
                }));
        unit.setAriaLabel(getTranslation("send.unit"));
        unit.addValueChangeListener(change -> check());
        escalateTo.setLabel(getTranslation("send.escalate-to"));
        escalateTo.setHelperText(getTranslation("send.escalate-help"));
        escalateTo.setItemLabelGenerator(room -> RoomWords.of(this, room));
        suggestions.rooms(escalateTo, room -> room, ManyValues.typed(escalateTo, "send.room-invalid"));
        ManyValues.setUp(escalateTo);
        escalateTo.addValueChangeListener(change -> checkRooms());
        Div time = new Div(within, unit);
        time.addClassName("confirm-within");
        more.add(time, escalateTo);
        more.addClassName("confirm-more");
        add(wanted, more);
        show(null);
    }

    private boolean check() {
        Integer number = within.getValue();
        boolean valid = number != null && number > 0 && (long) number * unit().seconds <= ConfirmationRequest.LONGEST;
        within.setErrorMessage(getTranslation("send.within-wrong"));
        within.setInvalid(!valid);
        return valid;
    }

    private boolean checkRooms() {
        boolean few = escalateTo.getValue().size() <= ConfirmationRequest.MOST_ROOMS;
        escalateTo.setErrorMessage(getTranslation("send.escalate-many", ConfirmationRequest.MOST_ROOMS));
        escalateTo.setInvalid(!few);
        return few;
    }

    private Unit unit() {
        return Objects.requireNonNullElse(unit.getValue(), Unit.MINUTES);
    }

    /** Shows errors, if any, and focuses the first. */
    boolean isValid() {
        if (!wanted.getValue()) {
            return true;
        }
        if (!check()) {
            within.focus();
            return false;
        }
        if (escalateTo.isInvalid() || !checkRooms()) {
            escalateTo.focus();
            return false;
        }
        return true;
    }

    /** What is asked for; null for nothing. */
    @Nullable
    ConfirmationRequest value() {
        Integer number = within.getValue();
        if (!wanted.getValue() || number == null) {
            return null;
        }
        List<String> rooms =
                escalateTo.getValue().stream().map(Room::toString).sorted().toList();
        return new ConfirmationRequest(number * unit().seconds, rooms.isEmpty() ? null : rooms);
    }

    /** @param asked null for nothing */
    void show(@Nullable ConfirmationRequest asked) {
        wanted.setValue(asked != null);
        more.setVisible(asked != null);
        Integer seconds = asked == null ? null : asked.within();
        Unit largest = seconds == null || seconds % Unit.MINUTES.seconds == 0
                ? seconds == null || seconds % Unit.HOURS.seconds != 0 ? Unit.MINUTES : Unit.HOURS
                : Unit.SECONDS;
        unit.setValue(largest);
        within.setValue(seconds == null ? USUAL_MINUTES : seconds / largest.seconds);
        List<String> rooms = asked == null ? null : asked.escalateTo();
        escalateTo.setValue(
                rooms == null ? Set.of() : rooms.stream().map(Room::parse).collect(Collectors.toSet()));
    }

    void disable() {
        wanted.setEnabled(false);
        within.setEnabled(false);
        unit.setEnabled(false);
        escalateTo.setEnabled(false);
    }
}
