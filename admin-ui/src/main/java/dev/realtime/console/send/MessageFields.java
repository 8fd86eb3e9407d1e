package dev.realtime.console.send;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldBase;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.realtime.console.language.Sizes;
import dev.realtime.console.parts.Draft;
import dev.realtime.console.parts.Severity;
import dev.realtime.contracts.admin.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The fields of a notification: type, severity, message, data, and the reason for the audit. */
final class MessageFields extends Div {

    private static final long serialVersionUID = 1L;
    static final int LONGEST = 2_000;
    private static final List<String> TYPES = List.of("info", "alert", "maintenance", "reminder", "news");

    private final ComboBox<String> type = new ComboBox<>();
    private final RadioButtonGroup<Severity> severity = new RadioButtonGroup<>();
    private final TextArea message = new TextArea();
    private final TextArea data = new TextArea();
    private final TextField reason = new TextField();

    MessageFields() {
        addClassName("message-fields");
        type.setLabel(getTranslation("send.type"));
        type.setItems(TYPES);
        type.setAllowCustomValue(true);
        type.addCustomValueSetListener(typed -> type.setValue(typed.getDetail().strip()));
        severity.setLabel(getTranslation("send.severity"));
        severity.setItems(Severity.values());
        severity.setRenderer(new ComponentRenderer<>(each -> {
            Span span = new Span(getTranslation("send.severity." + each.code()));
            span.addClassNames("severity", "severity-" + each.code());
            return span;
        }));
        severity.setValue(Severity.INFO);
        message.setLabel(getTranslation("send.message"));
        message.setRequiredIndicatorVisible(true);
        message.setMaxLength(LONGEST);
        message.setMinRows(3);
        message.setMaxRows(10);
        message.setManualValidation(true);
        message.setValueChangeMode(ValueChangeMode.LAZY);
        message.addValueChangeListener(change -> {
            message.setInvalid(false);
            count();
        });
        Draft.keep(message, "message");
        data.setLabel(getTranslation("send.data"));
        data.setHelperText(getTranslation("send.data-help"));
        data.addClassName("json");
        data.setMaxRows(10);
        data.setManualValidation(true);
        data.setValueChangeMode(ValueChangeMode.LAZY);
        data.addValueChangeListener(change -> checkData());
        Draft.keep(data, "data");
        reason.setLabel(getTranslation("send.reason"));
        reason.setHelperText(getTranslation("send.reason-help"));
        reason.setMaxLength(Reason.LONGEST);
        Draft.keep(reason, "reason");
        count();
        add(severity, type, message, data, reason);
    }

    private void count() {
        message.setHelperText(getTranslation(
                "send.count",
                Sizes.number(message.getValue().length(), getLocale()),
                Sizes.number(LONGEST, getLocale())));
    }

    private JsonText checkData() {
        JsonText read = JsonText.read(data.getValue());
        JsonText.Problem problem = read.problem();
        data.setInvalid(problem != null);
        data.setErrorMessage(
                problem == null
                        ? null
                        : switch (problem) {
                            case BROKEN -> getTranslation("send.data-broken", read.line(), read.column());
                            case NO_OBJECT -> getTranslation("send.data-no-object");
                        });
        return read;
    }

    /** Shows errors, if any, and focuses the first. */
    boolean isValid() {
        boolean said = !message.getValue().isBlank();
        message.setInvalid(!said);
        message.setErrorMessage(said ? null : getTranslation("send.message-missing"));
        boolean well = checkData().problem() == null;
        if (!said) {
            message.focus();
        } else if (!well) {
            data.focus();
        }
        return said && well;
    }

    /** The notification for the service. */
    Map<String, Object> notification() {
        Map<String, Object> all = new LinkedHashMap<>();
        String kind = type.getValue();
        if (kind != null && !kind.isBlank()) {
            all.put("type", kind);
        }
        all.put("severity", severity.getValue().code());
        all.put("message", message.getValue().strip());
        Map<String, Object> more = JsonText.read(data.getValue()).value();
        if (more != null) {
            all.put("data", more);
        }
        return all;
    }

    @Nullable
    String reason() {
        return reason.getValue().isBlank() ? null : reason.getValue().strip();
    }

    void show(Map<?, ?> notification) {
        Object kind = notification.get("type");
        type.setValue(kind == null ? null : kind.toString());
        severity.setValue(Severity.of(notification.get("severity")));
        Object words = notification.get("message");
        message.setValue(words == null ? "" : words.toString());
        Object more = notification.get("data");
        data.setValue(
                more == null
                        ? ""
                        : JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(more));
        reason.clear();
    }

    /** Clears the message, data and reason; keeps type and severity. */
    void clear() {
        for (TextFieldBase<?, String> field : List.of(message, data, reason)) {
            field.clear();
            Draft.forget(field);
        }
    }

    void disable() {
        type.setEnabled(false);
        severity.setEnabled(false);
        message.setEnabled(false);
        data.setEnabled(false);
        reason.setEnabled(false);
    }

    void focusMessage() {
        message.focus();
    }
}
