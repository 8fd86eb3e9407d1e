package dev.realtime.console.send;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.realtime.console.language.Sizes;
import dev.realtime.console.parts.RoleWords;
import dev.realtime.contracts.admin.AudiencePreview;
import org.jspecify.annotations.Nullable;

/** The current receivers: people, sockets by role, and named users who are offline. */
final class Reach extends Div {

    private static final long serialVersionUID = 1L;
    private static final int MOST_OFFLINE = 20;

    private @Nullable AudiencePreview shown;

    Reach() {
        addClassName("reach");
        getElement().setAttribute("role", "status");
    }

    /** Shows a sentence instead. */
    void show(String sentence) {
        shown = null;
        removeAll();
        add(quiet(sentence));
    }

    void show(AudiencePreview preview) {
        if (preview.equals(shown)) {
            return;
        }
        shown = preview;
        removeAll();
        Span people = new Span(getTranslation("send.reach", preview.users(), preview.sockets()));
        people.addClassName(preview.sockets() == 0 ? "reach-nobody" : "reach-people");
        add(people);
        Div roles = new Div();
        roles.addClassName("reach-roles");
        preview.byRole().forEach((role, count) -> {
            Span one = new Span(RoleWords.of(this, role) + " " + Sizes.number(count, getLocale()));
            one.addClassName("reach-role");
            roles.add(one);
        });
        add(roles);
        if (!preview.offline().isEmpty()) {
            add(offline(preview));
        }
    }

    private Component offline(AudiencePreview preview) {
        String names =
                String.join(", ", preview.offline().stream().limit(MOST_OFFLINE).toList());
        int more = preview.offline().size() - MOST_OFFLINE;
        Span span = new Span(getTranslation("send.offline", names + (more > 0 ? " … +" + more : "")));
        span.addClassName("reach-offline");
        return span;
    }

    private static Span quiet(String text) {
        Span span = new Span(text);
        span.addClassName("quiet");
        return span;
    }
}
