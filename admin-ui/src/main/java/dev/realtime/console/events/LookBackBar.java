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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The controls of the history: the period, one event, and older and newer pages. */
final class LookBackBar extends Div {

    private static final long serialVersionUID = 1L;

    private final TimeField after = new TimeField(getTranslation("events.after"));
    private final TimeField before = new TimeField(getTranslation("events.before"));
    private final TextField id = new TextField();
    private final Button older = new Button(VaadinIcon.ARROW_DOWN.create());
    private final Button newer = new Button(VaadinIcon.ARROW_UP.create());
    private final Span where = new Span();

    /** The field whose time makes the period empty. */
    private @Nullable TimeField refused;

    /** Receives the user's choices. */
    interface Wishes {

        /** A period that is not empty; null for no limit. */
        void period(@Nullable LocalDateTime after, @Nullable LocalDateTime before);

        void id(String id);

        void older();

        void newer();
    }

    LookBackBar(Wishes wishes) {
        addClassName("look-back");
        for (TimeField field : List.of(after, before)) {
            field.addValueChangeListener(change -> {
                if (change.isFromClient() && isPeriod(field)) {
                    wishes.period(after.getValue(), before.getValue());
                }
            });
        }
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
        add(after, before, id, newer, older, where);
    }

    /** Whether the period is not empty; otherwise says so where it was changed. */
    private boolean isPeriod(TimeField changed) {
        LocalDateTime begin = after.getValue();
        LocalDateTime end = before.getValue();
        boolean valid = begin == null || end == null || begin.isBefore(end);
        accept();
        if (!valid) {
            refused = changed;
            changed.setErrorMessage(getTranslation("events.no-period"));
            changed.setInvalid(true);
        }
        return valid;
    }

    private void accept() {
        TimeField field = refused;
        if (field != null) {
            field.setInvalid(false);
            field.setErrorMessage(null);
            refused = null;
        }
    }

    /** Shows the period: its begin, and the time of the place where the page begins. */
    void showPeriod(String begin, String place, Times times) {
        after.show(begin, times);
        before.show(place, times);
        accept();
    }

    /** The end of the period; null for now. */
    @Nullable
    LocalDateTime before() {
        return before.getValue();
    }

    void show(boolean hasNewer, boolean hasOlder, String place) {
        newer.setEnabled(hasNewer);
        older.setEnabled(hasOlder);
        where.setText(place);
    }

    /** Goes to the button that goes on with a stopped search. */
    void focusOlder() {
        older.focus();
    }
}
