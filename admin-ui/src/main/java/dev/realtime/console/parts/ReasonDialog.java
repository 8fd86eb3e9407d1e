package dev.realtime.console.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.component.textfield.TextArea;
import dev.realtime.contracts.admin.Reason;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks for a reason before an audited action. Stays open until the action is done, and if it fails. */
public final class ReasonDialog extends Dialog {

    private static final long serialVersionUID = 1L;

    /**
     * What to do.
     *
     * @param call asks the service, without the session's lock
     * @param done changes the page, under the lock, and returns the message to show
     */
    public record Task<T>(Supplier<T> call, Function<T, String> done) {}

    /** The action. */
    @FunctionalInterface
    public interface Action {
        /** @return what to do; null if a field is invalid and shows its own error */
        @Nullable
        Task<?> prepare(String reason);
    }

    private final TextArea reason = new TextArea();
    private final Button perform;

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
        perform = new Button(confirm);
        perform.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        perform.setDisableOnClick(true);
        perform.addClickListener(click -> {
            Task<?> task = prepare(action);
            if (task == null) {
                perform.setEnabled(true);
            } else {
                run(task);
            }
        });
        getFooter().add(cancel, perform);
        addOpenedChangeListener(opened -> reason.focus());
    }

    private @Nullable Task<?> prepare(Action action) {
        String text = reason.getValue().strip();
        reason.setInvalid(text.isEmpty());
        if (text.isEmpty()) {
            reason.setErrorMessage(getTranslation("reason.missing"));
            reason.focus();
            return null;
        }
        return action.prepare(text);
    }

    private <T> void run(Task<T> task) {
        new Errand(this)
                .run(
                        task.call,
                        answer -> {
                            close();
                            Words.success(task.done.apply(answer));
                        },
                        failure -> {
                            perform.setEnabled(true);
                            Words.failure(this, failure);
                        });
    }
}
