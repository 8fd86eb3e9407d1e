package dev.realtime.console.events;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import dev.realtime.console.language.Sizes;
import dev.realtime.console.language.Times;
import dev.realtime.console.live.Live;
import dev.realtime.console.live.Moment;
import dev.realtime.console.parts.Errand;
import dev.realtime.console.parts.EventWords;
import dev.realtime.console.parts.ReasonDialog;
import dev.realtime.console.parts.RoomWords;
import dev.realtime.console.parts.SideSheet;
import dev.realtime.console.parts.Words;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.console.why.WhyPanel;
import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.DefaultRooms;
import dev.realtime.contracts.admin.AdminRole;
import dev.realtime.contracts.admin.EventView;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The details of one event. Phone numbers are masked until an authorized user gives a reason. The number of sockets
 * written to is updated while the event is recent.
 */
final class EventSheet extends SideSheet {

    private static final long serialVersionUID = 1L;
    private static final Duration YOUNG = Duration.ofSeconds(30);

    private final AdminApi api;
    private final ConsoleUser user;
    private final Div content = new Div();
    private final Div written = new Div();
    private final Pre payload = new Pre();
    private final Errand errand = new Errand(this);
    private final Button reveal = new Button(VaadinIcon.EYE.create());
    private final WhyPanel why;
    private volatile String id = "";
    private volatile @Nullable EventView event;

    /** @param asked called when a person has asked why another user did or did not get the event */
    EventSheet(AdminApi api, ConsoleUser user, Live live, Runnable asked) {
        this.api = api;
        this.user = user;
        why = new WhyPanel(api, user, asked);
        content.addClassName("sheet");
        payload.addClassName("event-payload");
        payload.getElement().setAttribute("tabindex", "0");
        reveal.setText(getTranslation("events.reveal"));
        reveal.addClickListener(click -> askForReason());
        add(content);
        live.tell(this, this::young);
    }

    /** Shows an event once the service has returned it. */
    void show(String wanted) {
        id = wanted;
        event = null;
        why.of(wanted);
        setHeaderTitle(getTranslation("events.one"));
        content.removeAll();
        content.add(quiet(getTranslation("events.loading")));
        errand.run(() -> api.event(user, wanted), this::fill, failure -> {
            content.removeAll();
            content.add(quiet(
                    failure instanceof RefusedException refused
                                    && refused.problem().status() == 404
                            ? getTranslation("events.gone")
                            : Words.reason(this, failure)));
        });
        if (!isOpened()) {
            open();
        }
    }

    String shownId() {
        return id;
    }

    /** The part that asks why a user did or did not get the event. */
    WhyPanel why() {
        return why;
    }

    private @Nullable Runnable young(Moment moment) {
        EventView known = event;
        if (known == null || known.at().isBefore(moment.now().minus(YOUNG))) {
            return null;
        }
        try {
            EventView fresh = api.event(user, known.id());
            return fresh.written().equals(known.written())
                    ? null
                    : () -> {
                        if (fresh.id().equals(id)) {
                            event = fresh;
                            showWritten(fresh);
                        }
                    };
        } catch (ServiceAwayException | RefusedException e) {
            return null;
        }
    }

    private void fill(EventView found) {
        event = found;
        setHeaderTitle(EventWords.of(this, found.event()));
        content.removeAll();
        DescriptionList list = new DescriptionList();
        Times times = Times.of(getUI().orElseThrow());
        line(list, getTranslation("events.when"), new Span(EventRows.exact(found.at(), times)));
        Span name = new Span(found.event());
        name.addClassName("mono");
        line(list, getTranslation("events.technical"), name);
        line(list, getTranslation("events.id"), idWithCopy(found.id()));
        line(list, getTranslation("events.to"), rooms(found));
        line(list, getTranslation("events.written"), written);
        showWritten(found);
        H3 title = new H3(getTranslation("events.payload"));
        Div bar = new Div(title);
        bar.addClassName("sheet-bar");
        showPayload(found);
        if (payload.getText().contains("•")) {
            boolean may = user.may(AdminRole.OPERATOR_ADMIN);
            reveal.setEnabled(may);
            reveal.setTooltipText(may ? null : getTranslation("events.reveal-not"));
            reveal.setVisible(true);
            bar.add(reveal);
        }
        content.add(list, why, bar, payload);
    }

    private void showPayload(EventView found) {
        payload.setText(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(found.payload()));
    }

    private Component idWithCopy(String text) {
        Button copy = new Button(VaadinIcon.COPY_O.create());
        copy.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        copy.setAriaLabel(getTranslation("events.copy"));
        copy.setTooltipText(getTranslation("events.copy"));
        copy.addClickListener(click -> {
            getElement().executeJs("navigator.clipboard?.writeText($0)", text);
            Words.success(getTranslation("events.copied"));
        });
        Div place = new Div(new Span(text), copy);
        place.addClassName("event-id");
        return place;
    }

    private Component rooms(EventView found) {
        Div place = new Div();
        place.addClassName("event-sheet-rooms");
        for (String room : found.to()) {
            int colon = room.indexOf(':');
            Span tag = new Span();
            tag.setText(RoomWords.of(tag, room));
            tag.setTitle(room);
            tag.addClassNames("room-tag", "room-" + (colon < 0 ? room : room.substring(0, colon)));
            Anchor link = new Anchor("connections" + Query.none().with("room", room));
            link.add(tag);
            link.setTitle(getTranslation("events.who"));
            link.getElement()
                    .setAttribute("aria-label", RoomWords.of(this, room) + ". " + getTranslation("events.who"));
            place.add(link);
        }
        Span how = quiet(getTranslation(
                found.to().isEmpty() ? "events.nowhere" : isUsual(found) ? "events.by-default" : "events.named"));
        place.add(how);
        return place;
    }

    /**
     * Whether these are the rooms that such an event goes to if its sender names none. The stream keeps the rooms, not
     * who chose them.
     */
    private static boolean isUsual(EventView found) {
        Map<?, ?> payload = found.payload() instanceof Map<?, ?> map ? map : Map.of();
        return BroadcastEvent.ofWireName(found.event())
                .map(event -> DefaultRooms.of(event, field -> {
                    Object value = payload.get(field);
                    return value == null ? null : value.toString();
                }))
                .map(rooms -> rooms.stream().map(Object::toString).collect(Collectors.toSet()))
                .filter(usual -> usual.equals(Set.copyOf(found.to())))
                .isPresent();
    }

    private void showWritten(EventView found) {
        written.removeAll();
        if (found.written().isEmpty()) {
            written.add(quiet(getTranslation("events.written-unknown")));
            return;
        }
        int sum = found.written().values().stream().mapToInt(Integer::intValue).sum();
        written.add(new Span(getTranslation("events.sockets", sum)));
        found.written().forEach((instance, count) -> {
            Div line = new Div(new Span(instance), new Span(Sizes.number(count, getLocale())));
            line.addClassName("event-instance");
            written.add(line);
        });
    }

    private void askForReason() {
        String asked = id;
        new ReasonDialog(
                        getTranslation("events.reveal"),
                        getTranslation("events.reveal-why"),
                        getTranslation("events.reveal"),
                        reason -> new ReasonDialog.Task<>(() -> api.revealed(user, asked, reason), found -> {
                            if (asked.equals(id)) {
                                showPayload(found);
                                reveal.setVisible(false);
                            }
                            return getTranslation("events.revealed");
                        }))
                .open();
    }

    private static Span quiet(String text) {
        Span span = new Span(text);
        span.addClassName("quiet");
        return span;
    }
}
