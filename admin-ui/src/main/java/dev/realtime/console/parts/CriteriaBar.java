package dev.realtime.console.parts;

import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The fields of a list's {@link Criteria}. Parameters from links that have no field are shown as removable tags. */
public final class CriteriaBar extends Div {

    private static final long serialVersionUID = 1L;
    private static final int TYPING_MILLIS = 300;

    private final Map<String, UnaryOperator<String>> byLink = new LinkedHashMap<>();
    private final transient List<Consumer<Criteria>> fields = new ArrayList<>();
    private final Div tags = new Div();
    private final Button clear = new Button(getTranslation("parts.clear"), VaadinIcon.CLOSE_SMALL.create());
    private final transient Consumer<Criteria> onChange;
    private transient Criteria criteria;
    private boolean quiet;

    /**
     * @param none the names of the parameters
     * @param onChange called when the user changes the criteria
     */
    public CriteriaBar(Criteria none, Consumer<Criteria> onChange) {
        this.criteria = none;
        this.onChange = onChange;
        addClassNames("filters", "connection-filters");
        getElement().setAttribute("role", "search");
        tags.addClassName("filter-tags");
        tags.setVisible(false);
        clear.addThemeVariants(ButtonVariant.TERTIARY);
        clear.addClickListener(click -> change(Criteria.none(criteria.names())));
        clear.setVisible(false);
        add(tags, clear);
    }

    /** Adds the field for {@link Criteria#TEXT}. */
    public CriteriaBar text(String label, String hint) {
        TextField text = new TextField(label);
        text.setPlaceholder(hint);
        text.setPrefixComponent(VaadinIcon.SEARCH.create());
        text.setClearButtonVisible(true);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.setValueChangeTimeout(TYPING_MILLIS);
        return field(Criteria.TEXT, text, text::setValue);
    }

    /** Adds a choice. */
    public CriteriaBar choice(String name, Choice choice) {
        return field(name, choice, choice::choose);
    }

    /** Adds a field for a city. */
    public CriteriaBar city(String name, CityField city) {
        return field(name, city, city::choose);
    }

    /** Shows a parameter without a field as a tag, in these words. */
    public CriteriaBar tag(String name, UnaryOperator<String> words) {
        byLink.put(name, words);
        return this;
    }

    private CriteriaBar field(String name, AbstractField<?, String> field, Consumer<String> set) {
        fields.add(now -> set.accept(now.value(name)));
        field.addValueChangeListener(changed -> {
            if (!quiet) {
                change(criteria.with(name, changed.getValue() == null ? "" : changed.getValue()));
            }
        });
        addComponentAtIndex(fields.size() - 1, field);
        return this;
    }

    private void change(Criteria other) {
        if (!other.equals(criteria)) {
            show(other);
            onChange.accept(other);
        }
    }

    /** The current criteria. */
    public Criteria criteria() {
        return criteria;
    }

    /** Shows other criteria. */
    public void show(Criteria other) {
        criteria = other;
        quietly(() -> fields.forEach(field -> field.accept(other)));
        clear.setVisible(!other.isEmpty());
        tags.removeAll();
        byLink.forEach((name, words) -> {
            if (!other.value(name).isEmpty()) {
                tags.add(tag(name, words.apply(other.value(name))));
            }
        });
        tags.setVisible(tags.getComponentCount() > 0);
    }

    /** Changes fields, such as what they offer, without a change of the criteria. */
    public void quietly(Runnable change) {
        quiet = true;
        change.run();
        quiet = false;
    }

    private Button tag(String name, String words) {
        Button tag = new Button(words, VaadinIcon.CLOSE_SMALL.create(), click -> change(criteria.with(name, "")));
        tag.setIconAfterText(true);
        tag.setAriaLabel(getTranslation("parts.take-away", words));
        tag.addClassName("filter-tag");
        return tag;
    }
}
