package dev.realtime.console.connections;

import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.realtime.console.parts.Choice;
import dev.realtime.console.parts.RoleWords;
import dev.realtime.console.parts.RoomField;
import dev.realtime.console.parts.Suggestions;
import dev.realtime.contracts.ConnectionStats;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The filter of the table of sockets. Parameters from links that have no field are shown as removable tags. */
final class FilterBar extends Div {

    private static final long serialVersionUID = 1L;
    private static final int TYPING_MILLIS = 300;

    private final TextField text = new TextField();
    private final Choice role = new Choice(getTranslation("connections.role"));
    private final RoomField room;
    private final Choice instance = new Choice(getTranslation("connections.instance"));
    private final Choice transport = new Choice(getTranslation("connections.transport"));
    private final Div tags = new Div();
    private final Button clear = new Button(getTranslation("connections.clear"), VaadinIcon.CLOSE_SMALL.create());
    private final transient Consumer<ConnectionFilter> onChange;
    private transient ConnectionFilter filter = ConnectionFilter.NONE;
    private boolean quiet;

    /** @param onChange called when the user changes the filter */
    FilterBar(Suggestions suggestions, Consumer<ConnectionFilter> onChange) {
        this.onChange = onChange;
        addClassNames("filters", "connection-filters");
        getElement().setAttribute("role", "search");
        text.setLabel(getTranslation("connections.text"));
        text.setPlaceholder(getTranslation("connections.text-hint"));
        text.setPrefixComponent(VaadinIcon.SEARCH.create());
        text.setClearButtonVisible(true);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.setValueChangeTimeout(TYPING_MILLIS);
        room = new RoomField(getTranslation("connections.room"), suggestions);
        role.name(value -> RoleWords.of(this, value));
        transport.items(List.of("websocket", "polling"));
        tags.addClassName("filter-tags");
        clear.addThemeVariants(ButtonVariant.TERTIARY);
        clear.addClickListener(click -> change(ConnectionFilter.NONE));
        add(text, role, room, instance, transport, tags, clear);
        listen(text, ConnectionFilter.TEXT);
        listen(role, ConnectionFilter.ROLE);
        listen(room, ConnectionFilter.ROOM);
        listen(instance, ConnectionFilter.INSTANCE);
        listen(transport, ConnectionFilter.TRANSPORT);
        show(ConnectionFilter.NONE);
    }

    private void listen(AbstractField<?, String> field, String name) {
        field.addValueChangeListener(changed -> {
            if (!quiet) {
                change(filter.with(name, changed.getValue() == null ? "" : changed.getValue()));
            }
        });
    }

    private void change(ConnectionFilter other) {
        if (!other.equals(filter)) {
            show(other);
            onChange.accept(other);
        }
    }

    /** Shows another filter. */
    void show(ConnectionFilter other) {
        filter = other;
        quiet = true;
        set(text, ConnectionFilter.TEXT);
        role.choose(other.value(ConnectionFilter.ROLE));
        set(room, ConnectionFilter.ROOM);
        instance.choose(other.value(ConnectionFilter.INSTANCE));
        transport.choose(other.value(ConnectionFilter.TRANSPORT));
        quiet = false;
        room.refuse(other.hasWrongRoom() ? getTranslation("parts.wrong-room") : "");
        clear.setVisible(!other.isEmpty());
        tags.removeAll();
        ConnectionFilter.BY_LINK.stream()
                .filter(name -> !other.value(name).isEmpty())
                .forEach(name -> tags.add(tag(name, other.value(name))));
        tags.setVisible(tags.getComponentCount() > 0);
    }

    private void set(HasValue<?, String> field, String name) {
        String value = filter.value(name);
        if (value.isEmpty()) {
            field.clear();
        } else {
            field.setValue(value);
        }
    }

    private Button tag(String name, String value) {
        String words = getTranslation("connections.filter-" + name, value);
        Button tag = new Button(words, VaadinIcon.CLOSE_SMALL.create(), click -> change(filter.with(name, "")));
        tag.setIconAfterText(true);
        tag.setAriaLabel(getTranslation("connections.take-away", words));
        tag.addClassName("filter-tag");
        return tag;
    }

    /** Offers the roles and instances that currently exist. */
    void offer(ConnectionStats totals) {
        quiet = true;
        role.items(sorted(totals.byRole()));
        instance.items(sorted(totals.byInstance()));
        quiet = false;
    }

    private static List<String> sorted(Map<String, Integer> counts) {
        return counts.keySet().stream().sorted().toList();
    }
}
