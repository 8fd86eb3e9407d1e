package dev.realtime.console.events;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.realtime.console.parts.EventWords;
import dev.realtime.console.parts.RoomField;
import dev.realtime.console.parts.Suggestions;
import dev.realtime.contracts.BroadcastEvent;
import java.util.Arrays;
import java.util.List;

/** The filter of the events: name, room, a part of the subject. */
final class FilterBar extends Div {

    private static final long serialVersionUID = 1L;

    private final ComboBox<String> event = new ComboBox<>();
    private final RoomField room;
    private final TextField text = new TextField();
    private final TextField phone = new TextField();
    private final TextField operator = new TextField();
    private final TextField city = new TextField();

    private boolean quiet;
    private boolean isPast;

    /** @param changed called when the user changes the filter */
    FilterBar(Suggestions suggestions, Runnable changed) {
        addClassName("filters");
        event.setLabel(getTranslation("events.event"));
        event.setItemLabelGenerator(name -> EventWords.of(this, name));
        event.setItems(names());
        event.setClearButtonVisible(true);
        event.setPlaceholder(getTranslation("events.any"));
        event.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                changed.run();
            }
        });
        room = new RoomField(getTranslation("events.room"), suggestions);
        room.addValueChangeListener(change -> {
            if (!quiet) {
                changed.run();
            }
        });
        text.setPlaceholder(getTranslation("events.subject-hint"));
        text.setLabel(getTranslation("events.subject"));
        phone.setLabel(getTranslation("events.phone"));
        phone.setPlaceholder(getTranslation("events.phone-hint"));
        operator.setLabel(getTranslation("events.operator"));
        operator.setPlaceholder(getTranslation("events.operator-hint"));
        city.setLabel(getTranslation("events.city"));
        for (TextField field : List.of(text, phone, operator, city)) {
            field.setClearButtonVisible(true);
            // A search of the history is for the service, so it waits until something is typed completely.
            field.setValueChangeMode(field == text ? ValueChangeMode.LAZY : ValueChangeMode.ON_CHANGE);
            field.addValueChangeListener(change -> {
                if (change.isFromClient()) {
                    changed.run();
                }
            });
        }
        add(event, room, text, phone, operator, city);
        past(false);
    }

    private static List<String> names() {
        return Arrays.stream(BroadcastEvent.values())
                .map(BroadcastEvent::wireName)
                .toList();
    }

    EventFilter value() {
        return new EventFilter(
                orEmpty(event.getValue()),
                orEmpty(room.getValue()),
                text.getValue().strip(),
                isPast ? phone.getValue().strip() : "",
                isPast ? operator.getValue().strip() : "",
                isPast ? city.getValue().strip() : "");
    }

    /** Whether the criteria are those of the history. */
    void past(boolean now) {
        isPast = now;
        phone.setVisible(now);
        operator.setVisible(now);
        city.setVisible(now);
    }

    void show(EventFilter filter) {
        event.setValue(names().contains(filter.event()) ? filter.event() : null);
        quiet = true;
        room.setValue(filter.room().isEmpty() ? null : filter.room());
        quiet = false;
        text.setValue(filter.text());
        operator.setValue(filter.operator());
        city.setValue(filter.city());
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "" : value;
    }
}
