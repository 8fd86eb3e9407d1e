package dev.realtime.console.send;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import dev.realtime.console.parts.Suggestions;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.RoomKind;
import dev.realtime.contracts.admin.Audience;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The fields of the audience: everybody, or rooms, roles and users. Typed values are checked by the service's rules.
 */
final class AudienceFields extends Div {

    private static final long serialVersionUID = 1L;
    private static final List<String> USUAL_ROLES = List.of("director", "operator");

    private final Checkbox everybody = new Checkbox();
    private final MultiSelectComboBox<Room> rooms = new MultiSelectComboBox<>();
    private final MultiSelectComboBox<String> roles = new MultiSelectComboBox<>();
    private final MultiSelectComboBox<UserChoice> users = new MultiSelectComboBox<>();

    /**
     * @param present roles of connected users
     * @param changed called whenever the audience changes
     */
    AudienceFields(Suggestions suggestions, Set<String> present, Runnable changed) {
        addClassName("audience");
        everybody.setLabel(getTranslation("send.everybody"));
        everybody.addValueChangeListener(change -> {
            enable();
            changed.run();
        });
        rooms.setLabel(getTranslation("send.rooms"));
        rooms.setItems(suggestions::rooms);
        custom(rooms, Room::parse, "send.room-invalid");
        roles.setLabel(getTranslation("send.roles"));
        Set<String> known = new TreeSet<>(USUAL_ROLES);
        known.addAll(present);
        known.remove(dev.realtime.contracts.ConnectionStats.NO_ROLE);
        roles.setItems(known);
        custom(roles, text -> new Room(RoomKind.ROLE, text).name(), "send.role-invalid");
        users.setLabel(getTranslation("send.users"));
        users.setItems(query -> suggestions.users(query).map(UserChoice::of));
        users.setItemLabelGenerator(UserChoice::label);
        custom(users, text -> UserChoice.of(Room.user(text).name()), "send.user-invalid");
        for (MultiSelectComboBox<?> field : List.of(rooms, roles, users)) {
            field.setClearButtonVisible(true);
            field.setWidthFull();
            field.addValueChangeListener(change -> {
                field.setInvalid(false);
                changed.run();
            });
        }
        add(everybody, rooms, roles, users);
    }

    private <T> void custom(MultiSelectComboBox<T> field, Function<String, T> reader, String problem) {
        field.setAllowCustomValue(true);
        field.setManualValidation(true);
        field.addCustomValueSetListener(typed -> {
            try {
                T value = reader.apply(typed.getDetail().strip());
                Set<T> all = new HashSet<>(field.getValue());
                all.add(value);
                field.setValue(all);
                field.setInvalid(false);
            } catch (InvalidRoomException e) {
                field.setErrorMessage(getTranslation(problem, typed.getDetail().strip()));
                field.setInvalid(true);
            }
        });
    }

    private void enable() {
        boolean some = !everybody.getValue() && everybody.isEnabled();
        rooms.setEnabled(some);
        roles.setEnabled(some);
        users.setEnabled(some);
    }

    /** Makes all fields read-only. */
    void disable() {
        everybody.setEnabled(false);
        enable();
    }

    boolean isInvalid() {
        return !everybody.getValue() && (rooms.isInvalid() || roles.isInvalid() || users.isInvalid());
    }

    Audience value() {
        return Audiences.of(
                everybody.getValue(),
                rooms.getValue().stream()
                        .sorted(java.util.Comparator.comparing(Room::toString))
                        .toList(),
                roles.getValue().stream().sorted().toList(),
                users.getValue().stream().map(UserChoice::id).sorted().toList());
    }

    void show(Audience audience) {
        everybody.setValue(Audiences.isEverybody(audience));
        rooms.setValue(Set.copyOf(Objects.requireNonNullElse(audience.rooms(), List.of())));
        roles.setValue(Set.copyOf(Objects.requireNonNullElse(audience.roles(), List.of())));
        users.setValue(Objects.requireNonNullElse(audience.users(), List.<String>of()).stream()
                .map(UserChoice::of)
                .collect(java.util.stream.Collectors.toSet()));
    }
}
