package dev.realtime.console.send;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.realtime.console.api.Query;
import dev.realtime.console.language.Sizes;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.RoomWords;
import dev.realtime.console.parts.Severity;
import java.util.List;
import java.util.function.Consumer;

/** One notification of the history. */
final class SentItem extends Div {

    private static final long serialVersionUID = 1L;
    private static final int MOST_ROOMS = 4;

    /** @param again called to send the notification again; null for users who may not send */
    SentItem(Sent sent, Times times, @org.jspecify.annotations.Nullable Consumer<Sent> again) {
        Severity severity = Severity.of(sent.notification().get("severity"));
        addClassNames("sent", "severity-" + severity.code());
        getElement().setAttribute("role", "listitem");
        Span head =
                new Span(times.brief(sent.entry().at()) + " · " + sent.entry().actor());
        head.addClassNames("sent-head", "quiet");
        Object words = sent.notification().get("message");
        Div message = new Div(words == null ? "–" : words.toString());
        message.addClassName("sent-message");
        Div foot = new Div();
        foot.addClassName("sent-foot");
        List<?> rooms = sent.rooms();
        rooms.stream().limit(MOST_ROOMS).forEach(room -> foot.add(tag(String.valueOf(room))));
        if (rooms.size() > MOST_ROOMS) {
            foot.add(new Span("+" + (rooms.size() - MOST_ROOMS)));
        }
        Span reached = new Span(reached(sent));
        reached.addClassName("done".equals(sent.entry().outcome()) ? "sent-reached" : "sent-failed");
        foot.add(reached);
        String event = Sent.event(sent.entry());
        if (!event.isEmpty()) {
            foot.add(new Anchor("events" + Query.none().with("id", event), getTranslation("send.event")));
        }
        if (!event.isEmpty() && sent.confirmation() != null) {
            foot.add(new Anchor("receipts" + Query.none().with("receipt", event), getTranslation("send.receipt")));
        }
        if (again != null) {
            Button button = new Button(getTranslation("send.again"), VaadinIcon.REFRESH.create());
            button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            button.addClickListener(click -> again.accept(sent));
            foot.add(button);
        }
        add(head, message, foot);
    }

    private String reached(Sent sent) {
        Integer meant = sent.meant();
        if (!"done".equals(sent.entry().outcome()) || meant == null) {
            return getTranslation(
                    sent.entry().outcome() == null ? "send.outcome-unknown" : "send.outcome-refused",
                    String.valueOf(sent.entry().outcome()));
        }
        Integer written = sent.written();
        return written == null
                ? getTranslation("send.meant", meant)
                : getTranslation("send.reached", Sizes.number(written, getLocale()), meant);
    }

    private static Span tag(String room) {
        int colon = room.indexOf(':');
        Span tag = new Span();
        tag.setText(RoomWords.of(tag, room));
        tag.setTitle(room);
        tag.addClassNames("room-tag", "room-" + (colon < 0 ? room : room.substring(0, colon)));
        return tag;
    }
}
