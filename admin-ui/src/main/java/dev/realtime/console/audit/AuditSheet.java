package dev.realtime.console.audit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import dev.realtime.console.api.Query;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.SideSheet;
import dev.realtime.contracts.admin.AuditEntry;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The details of one entry. */
final class AuditSheet extends SideSheet {

    private static final long serialVersionUID = 1L;

    private final Div content = new Div();

    AuditSheet() {
        content.addClassName("sheet");
        add(content);
    }

    void show(AuditEntry entry, Times times) {
        setHeaderTitle(AuditWords.action(this, entry.action()));
        content.removeAll();
        DescriptionList list = new DescriptionList();
        text(list, "audit.time", times.day(entry.at()));
        text(list, "audit.actor", entry.actor());
        text(list, "audit.role", AuditWords.role(this, entry.role()));
        text(list, "audit.address", entry.address());
        line(list, getTranslation("audit.target"), target(entry));
        String reason = entry.reason();
        text(list, "audit.reason", reason == null ? getTranslation("audit.none-given") : reason);
        Span outcome = new Span(AuditWords.outcome(this, entry));
        outcome.addClassNames("outcome", AuditWords.colour(entry.outcome()));
        line(list, getTranslation("audit.outcome"), outcome);
        text(list, "audit.id", entry.id());
        content.add(list);
        json("audit.details", entry.details());
        json("audit.result", entry.result());
        open();
    }

    private void text(DescriptionList list, String key, String text) {
        line(list, getTranslation(key), new Span(text));
    }

    private void json(String title, @Nullable Map<String, Object> values) {
        if (values != null && !values.isEmpty()) {
            content.add(
                    new H3(getTranslation(title)),
                    new Pre(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(values)));
        }
    }

    /** The target, with a link to its view if there is one. */
    private static Component target(AuditEntry entry) {
        String place = switch (entry.action()) {
            case "close-socket", "join-room", "leave-room" ->
                "connections" + Query.none().with("socket", entry.target());
            case "close-user", "block", "unblock" ->
                "connections" + Query.none().with("user", entry.target());
            case "reveal-event" -> "events" + Query.none().with("id", entry.target());
            case "notify" ->
                entry.result() == null || entry.result().get("event") == null
                        ? ""
                        : "events" + Query.none().with("id", entry.result().get("event"));
            default -> "";
        };
        return place.isEmpty() ? new Span(entry.target()) : new Anchor(place, entry.target());
    }
}
