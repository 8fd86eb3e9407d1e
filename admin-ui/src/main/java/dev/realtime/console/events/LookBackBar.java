package dev.realtime.console.events;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.TimeField;
import java.time.LocalDateTime;
import java.util.function.Consumer;

/** The controls of the history: a start, and older and newer pages. */
final class LookBackBar extends Div {

    private static final long serialVersionUID = 1L;

    private final TimeField time = new TimeField(getTranslation("events.before"));
    private final TextField id = new TextField();
    private final Button older = new Button(VaadinIcon.ARROW_DOWN.create());
    private final Button newer = new Button(VaadinIcon.ARROW_UP.create());
    private final Span where = new Span();

    /** Receives the user's choices. */
    interface Wishes {
        void before(LocalDateTime time);

        void id(String id);

        void older();

        void newer();
    }

    LookBackBar(Wishes wishes) {
        addClassName("look-back");
        time.addValueChangeListener(change -> whenByPerson(change.isFromClient(), change.getValue(), wishes::before));
        id.setLabel(getTranslation("events.id"));
        id.setPlaceholder("1764063000000-0");
        id.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        id.addValueChangeListener(change -> {
            String text = change.getValue().strip();
            boolean valid = text.isEmpty() || EventPlaces.isId(text);
            id.setInvalid(!valid);
            id.setErrorMessage(getTranslation("events.id-invalid"));
            if (valid && !text.isEmpty() && change.isFromClient()) {
                wishes.id(text);
            }
        });
        older.setText(getTranslation("events.older"));
        older.addClickListener(click -> wishes.older());
        newer.setText(getTranslation("events.newer"));
        newer.addClickListener(click -> wishes.newer());
        where.addClassName("quiet");
        add(time, id, newer, older, where);
    }

    private static <T> void whenByPerson(
            boolean byPerson, @org.jspecify.annotations.Nullable T value, Consumer<T> wish) {
        if (byPerson && value != null) {
            wish.accept(value);
        }
    }

    /** Shows the time of the place where the page begins. */
    void showPlace(String place, Times times) {
        time.show(place, times);
    }

    void show(boolean hasNewer, boolean hasOlder, String place) {
        newer.setEnabled(hasNewer);
        older.setEnabled(hasOlder);
        where.setText(place);
    }
}
