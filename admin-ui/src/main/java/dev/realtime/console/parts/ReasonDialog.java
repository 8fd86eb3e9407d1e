package dev.realtime.console.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.component.textfield.TextArea;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import dev.realtime.contracts.admin.Reason;
import org.jspecify.annotations.Nullable;

/** Asks for a reason before an audited action. Stays open if the action fails. */
public final class ReasonDialog extends Dialog {

    private static final long serialVersionUID = 1L;

    /** The action. */
    @FunctionalInterface
    public interface Action {
        /** @return the message to show afterwards; null if a field is invalid and shows its own error */
        @Nullable
        String perform(String reason);
    }

    private final TextArea reason = new TextArea();

    /**
     * @param title names the action
     * @param explanation describes its effect
     * @param confirm the text of the button
     * @param fields further inputs, above the reason
     */
    public ReasonDialog(String title, String explanation, String confirm, Action action, Component... fields) {
        setHeaderTitle(title);
        setWidth("28rem");
        setMaxWidth("100%");
        reason.setLabel(getTranslation("reason.label"));
        reason.setHelperText(getTranslation("reason.help"));
        reason.setRequiredIndicatorVisible(true);
        reason.setMaxLength(Reason.LONGEST);
        reason.setWidthFull();
        reason.setMinRows(2);
        VerticalLayout content = new VerticalLayout(new Paragraph(explanation));
        content.add(fields);
        content.add(reason);
        content.setPadding(false);
        add(content);
        Button cancel = new Button(getTranslation("reason.cancel"), click -> close());
        Button perform = new Button(confirm);
        perform.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        perform.setDisableOnClick(true);
        perform.addClickListener(click -> {
            if (perform(action)) {
                close();
            } else {
                perform.setEnabled(true);
            }
        });
        getFooter().add(cancel, perform);
        addOpenedChangeListener(opened -> reason.focus());
    }

    private boolean perform(Action action) {
        String text = reason.getValue().strip();
        reason.setInvalid(text.isEmpty());
        if (text.isEmpty()) {
            reason.setErrorMessage(getTranslation("reason.missing"));
            reason.focus();
            return false;
        }
        try {
            String done = action.perform(text);
            if (done == null) {
                return false;
            }
            Words.success(done);
            return true;
        } catch (ServiceAwayException | RefusedException e) {
            Words.failure(this, e);
            return false;
        }
    }
}
