package dev.realtime.console.rooms;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.QueryParameters;
import dev.realtime.console.api.Query;
import dev.realtime.console.parts.Address;
import dev.realtime.contracts.RoomKind;
import java.util.Arrays;
import java.util.Map;

/** The filter of the table of rooms: a part of the name, and the kind. */
final class RoomFilterBar extends Div {

    private static final long serialVersionUID = 1L;
    private static final int TYPING_MILLIS = 300;

    private final TextField text = new TextField();
    private final Select<RoomKind> kind = new Select<>();
    private final Button clear = new Button(getTranslation("rooms.clear"), VaadinIcon.CLOSE_SMALL.create());
    private final transient Runnable onChange;
    private boolean quiet;

    /** @param onChange called when the user changes the filter */
    RoomFilterBar(Runnable onChange) {
        this.onChange = onChange;
        addClassName("filters");
        getElement().setAttribute("role", "search");
        text.setLabel(getTranslation("rooms.text"));
        text.setPlaceholder(getTranslation("rooms.text-hint"));
        text.setPrefixComponent(VaadinIcon.SEARCH.create());
        text.setClearButtonVisible(true);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.setValueChangeTimeout(TYPING_MILLIS);
        text.addValueChangeListener(changed -> changed());
        kind.setLabel(getTranslation("rooms.kind"));
        kind.setEmptySelectionAllowed(true);
        kind.setEmptySelectionCaption(getTranslation("rooms.any"));
        // Lists of rooms do not contain the room everyone.
        kind.setItems(Arrays.stream(RoomKind.values())
                .filter(each -> !each.isByIdentity())
                .toList());
        kind.setItemLabelGenerator(
                each -> each == null ? getTranslation("rooms.any") : getTranslation("rooms.kind-" + each.prefix()));
        kind.addValueChangeListener(changed -> changed());
        clear.addThemeVariants(ButtonVariant.TERTIARY);
        clear.addClickListener(click -> {
            quiet = true;
            text.clear();
            kind.clear();
            quiet = false;
            changed();
        });
        clear.setVisible(false);
        add(text, kind, clear);
    }

    private void changed() {
        if (!quiet) {
            clear.setVisible(!text.isEmpty() || !kind.isEmpty());
            onChange.run();
        }
    }

    /** Shows the filter of the address. */
    void show(QueryParameters parameters) {
        quiet = true;
        text.setValue(Address.value(parameters, "text"));
        RoomKind.ofPrefix(Address.value(parameters, "kind"))
                .filter(each -> !each.isByIdentity())
                .ifPresentOrElse(kind::setValue, kind::clear);
        quiet = false;
        clear.setVisible(!text.isEmpty() || !kind.isEmpty());
    }

    private String prefix() {
        return kind.isEmpty() ? "" : kind.getValue().prefix();
    }

    Query query() {
        return Query.none().with("text", text.getValue()).with("kind", prefix());
    }

    Map<String, String> parameters() {
        return Map.of("text", text.getValue(), "kind", prefix());
    }
}
