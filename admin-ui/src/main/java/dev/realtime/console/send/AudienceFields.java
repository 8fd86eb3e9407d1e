package dev.realtime.console.send;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import dev.realtime.console.parts.RoleWords;
import dev.realtime.console.parts.RoomWords;
import dev.realtime.console.parts.Suggestions;
import dev.realtime.console.parts.Suggestions.Typed;
import dev.realtime.console.parts.UserChoice;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.RoomKind;
import dev.realtime.contracts.admin.Audience;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

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
            List.of(rooms, roles, users).forEach(field -> field.setInvalid(false));
            enable();
            changed.run();
        });
        rooms.setLabel(getTranslation("send.rooms"));
        rooms.setItemLabelGenerator(room -> RoomWords.of(this, room));
        suggestions.rooms(rooms, room -> room, ManyValues.typed(rooms, "send.room-invalid"));
        roles.setLabel(getTranslation("send.roles"));
        Set<String> known = new TreeSet<>(USUAL_ROLES);
        known.addAll(present);
        known.remove(dev.realtime.contracts.ConnectionStats.NO_ROLE);
        roles.setItemLabelGenerator(role -> RoleWords.of(this, role));
        roles.setItems(known);
        roles.setAllowCustomValue(true);
        Typed<String> role = ManyValues.typed(roles, "send.role-invalid");
        roles.addCustomValueSetListener(event -> takeRole(event.getDetail().strip(), known, role));
        users.setLabel(getTranslation("send.users"));
        users.setItemLabelGenerator(UserChoice::label);
        suggestions.users(
                users,
                UserChoice::of,
                text -> UserChoice.of(Room.user(text).name()),
                ManyValues.typed(users, "send.user-invalid"));
        for (MultiSelectComboBox<?> field : List.of(rooms, roles, users)) {
            ManyValues.setUp(field);
            field.addValueChangeListener(change -> {
                field.setInvalid(false);
                // Whoever is chosen in another field makes up for "nobody was chosen".
                rooms.setInvalid(false);
                changed.run();
            });
        }
        add(everybody, rooms, roles, users);
    }

    /** Takes a role by its beginning, if only one of the known ones begins so. */
    private void takeRole(String text, Set<String> known, Typed<String> typed) {
        List<String> meant = known.stream()
                .filter(role -> begins(role, text) || begins(RoleWords.of(this, role), text))
                .toList();
        try {
            typed.take(meant.size() == 1 ? meant.getFirst() : new Room(RoomKind.ROLE, text).name());
        } catch (InvalidRoomException e) {
            typed.refuse(text, 0);
        }
    }

    private static boolean begins(String name, String text) {
        return name.toLowerCase(Locale.ROOT).startsWith(text.toLowerCase(Locale.ROOT));
    }

    /** Says at the first field that somebody has to be chosen, and goes there. */
    void missing() {
        rooms.setErrorMessage(getTranslation("send.audience-missing"));
        rooms.setInvalid(true);
        focusFirst();
    }

    /** Goes to the first field with an error. */
    void focusFirst() {
        List.of(rooms, roles, users).stream()
                .filter(MultiSelectComboBox::isInvalid)
                .findFirst()
                .ifPresent(field -> {
                    field.focus();
                    field.getElement().executeJs("this.scrollIntoView({block: 'center'})");
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
