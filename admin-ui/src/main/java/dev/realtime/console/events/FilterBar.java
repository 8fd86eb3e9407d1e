package dev.realtime.console.events;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
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

    private boolean quiet;

    /** @param changed called when the user changes the filter */
    FilterBar(Suggestions suggestions, Runnable changed) {
        addClassName("filters");
        event.setLabel(getTranslation("events.event"));
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
        text.setLabel(getTranslation("events.subject"));
        text.setClearButtonVisible(true);
        text.setPlaceholder(getTranslation("events.any"));
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                changed.run();
            }
        });
        add(event, room, text);
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
                text.getValue().strip());
    }

    void show(EventFilter filter) {
        event.setValue(names().contains(filter.event()) ? filter.event() : null);
        quiet = true;
        room.setValue(filter.room().isEmpty() ? null : filter.room());
        quiet = false;
        text.setValue(filter.text());
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "" : value;
    }
}
