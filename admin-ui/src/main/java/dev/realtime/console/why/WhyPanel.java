package dev.realtime.console.why;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.Errand;
import dev.realtime.console.parts.RoomWords;
import dev.realtime.console.parts.Suggestions;
import dev.realtime.console.parts.Suggestions.Typed;
import dev.realtime.console.parts.UserChoice;
import dev.realtime.console.parts.Words;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.WhyAnswer;

/** Asks why a user did or did not get an event. People who are offline can be chosen too. */
@StyleSheet("why.css")
public final class WhyPanel extends Div {

    private static final long serialVersionUID = 1L;

    private final transient AdminApi api;
    private final transient ConsoleUser user;
    private final ComboBox<UserChoice> person = new ComboBox<>();
    private final Button why = new Button();
    private final Div answer = new Div();
    private final transient Errand errand = new Errand(this);
    private String event = "";

    /** @param changed called when a person has asked about another user */
    public WhyPanel(AdminApi api, ConsoleUser user, Runnable changed) {
        this.api = api;
        this.user = user;
        addClassName("why");
        person.setLabel(getTranslation("why.person"));
        person.setPlaceholder(getTranslation("why.person-hint"));
        person.setItemLabelGenerator(UserChoice::label);
        person.setClearButtonVisible(true);
        person.setManualValidation(true);
        new Suggestions(api, user)
                .people(
                        person,
                        UserChoice::of,
                        text -> UserChoice.of(Room.user(text).name()),
                        new Typed<>() {
                            @Override
                            public void take(UserChoice value) {
                                person.setValue(value);
                            }

                            @Override
                            public void refuse(String text, int matches) {
                                WhyPanel.this.refuse(
                                        matches == 0
                                                ? getTranslation("why.person-invalid", text)
                                                : getTranslation("why.person-many", text, matches));
                            }
                        });
        person.addValueChangeListener(change -> {
            person.setInvalid(false);
            if (change.getValue() == null) {
                forget();
            } else {
                ask();
            }
            changed.run();
        });
        why.setText(getTranslation("why.ask"));
        why.setIcon(VaadinIcon.QUESTION_CIRCLE_O.create());
        why.addClickListener(click -> {
            if (person.getValue() == null) {
                refuse(getTranslation("why.person-missing"));
            } else {
                ask();
            }
        });
        Div field = new Div(person, why);
        field.addClassName("why-field");
        answer.addClassName("why-answer");
        answer.getElement().setAttribute("role", "status");
        add(new H3(getTranslation("why.title")), field, answer);
    }

    private void refuse(String problem) {
        person.setErrorMessage(problem);
        person.setInvalid(true);
        person.focus();
    }

    /** Shows another event, about which nothing was asked yet. */
    public void of(String eventId) {
        if (!eventId.equals(event)) {
            event = eventId;
            choose("");
            forget();
        }
    }

    /** Asks about a user of whom the id is known; an empty text asks nothing. */
    public void choose(String userId) {
        if (!userId.equals(chosen())) {
            person.setValue(userId.isEmpty() ? null : UserChoice.of(userId));
        }
    }

    /** The id of the user who was asked about; empty if none was. */
    public String chosen() {
        UserChoice choice = person.getValue();
        return choice == null ? "" : choice.id();
    }

    private void forget() {
        errand.forget();
        answer.removeAll();
    }

    private void ask() {
        String asked = event;
        UserChoice choice = person.getValue();
        answer.removeAll();
        answer.add(quiet(getTranslation("why.asking")));
        errand.run(() -> api.why(user, asked, choice.id()), found -> show(choice, found), failure -> {
            answer.removeAll();
            answer.add(quiet(Words.reason(this, failure)));
        });
    }

    private void show(UserChoice choice, WhyAnswer found) {
        answer.removeAll();
        answer.add(new WhyCard(found, RoomWords.person(choice.id()), Times.of(getUI().orElseGet(UI::getCurrent))));
    }

    private static Span quiet(String text) {
        Span span = new Span(text);
        span.addClassName("quiet");
        return span;
    }
}
