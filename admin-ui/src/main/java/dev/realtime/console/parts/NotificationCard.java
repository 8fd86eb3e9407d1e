package dev.realtime.console.parts;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A notification as its receivers see it. */
@StyleSheet("notification.css")
public final class NotificationCard extends Div {

    private static final long serialVersionUID = 1L;

    public NotificationCard(Map<?, ?> notification) {
        Severity severity = Severity.of(notification.get("severity"));
        addClassNames("notification-card", "severity-" + severity.code());
        var icon = switch (severity) {
            case INFO -> VaadinIcon.INFO_CIRCLE;
            case WARNING -> VaadinIcon.WARNING;
            case ERROR -> VaadinIcon.EXCLAMATION_CIRCLE;
            case SUCCESS -> VaadinIcon.CHECK_CIRCLE;
        };
        Span head = new Span(getTranslation("send.severity." + severity.code())
                + (notification.get("type") == null ? "" : " · " + notification.get("type")));
        head.addClassName("notification-head");
        Div message = new Div(String.valueOf(notification.get("message")));
        message.addClassName("notification-message");
        Div body = new Div(head, message);
        Object data = notification.get("data");
        if (data != null) {
            body.add(
                    new Pre(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(data)));
        }
        add(icon.create(), body);
    }
}
