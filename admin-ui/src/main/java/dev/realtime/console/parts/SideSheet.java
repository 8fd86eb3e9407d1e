package dev.realtime.console.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.icon.VaadinIcon;

/** A panel with details at the right edge of the window; on a phone, it fills the window. Escape closes it. */
@StyleSheet("side-sheet.css")
public class SideSheet extends Dialog {

    private static final long serialVersionUID = 1L;

    public SideSheet() {
        addClassName("side-sheet");
        setHeight("100%");
        setWidth("34rem");
        setMaxWidth("100%");
        Button close = new Button(VaadinIcon.CLOSE.create(), click -> close());
        close.setAriaLabel(getTranslation("parts.close"));
        close.setTooltipText(getTranslation("parts.close"));
        close.addThemeVariants(ButtonVariant.TERTIARY);
        getHeader().add(close);
    }

    /** Adds a line to a list of details. */
    protected static void line(DescriptionList list, String name, Component value) {
        list.add(new DescriptionList.Term(name), new DescriptionList.Description(value));
    }
}
