package dev.realtime.console.calls;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.data.renderer.Renderer;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.Address;
import dev.realtime.contracts.board.CallStage;
import dev.realtime.contracts.board.LiveCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call in two lines: number and time, operator and city. The browser renders it and lets the time run. */
final class CallCell {

    /** Later events of a call that is over than its end: a recording, a late update. */
    private static final Duration AFTER_THE_END = Duration.ofMinutes(1);

    private static final String TEMPLATE = """
            <div class="call">\
            <b class="call-number">${item.number}</b>\
            <span class="call-time">${item.at}<running-time since="${item.since}" warning="${item.warning}" \
            alarm="${item.alarm}"></running-time></span>\
            <span class="call-who">${item.operator ? html`<a href="${item.person}">${item.operator}</a>` : item.nobody}\
            </span>\
            <a class="call-events" href="${item.events}" aria-label="${item.eventsOf}">${item.eventsWord}</a>\
            <span class="quiet call-more">${item.more}</span></div>""";

    private final Component of;
    private final Times times;
    private final CallThresholds thresholds;

    CallCell(Component of, Times times, CallThresholds thresholds) {
        this.of = of;
        this.times = times;
        this.thresholds = thresholds;
    }

    Renderer<CallRow> renderer(CallStage stage) {
        boolean waits = stage == CallStage.WAITING;
        boolean missed = stage == CallStage.MISSED;
        String never = Long.toString(Long.MAX_VALUE);
        String nobody = of.getTranslation("calls.nobody");
        String word = of.getTranslation("calls.events");
        return LitRenderer.<CallRow>of(TEMPLATE)
                .withProperty("number", row -> number(row.call()))
                .withProperty("at", row -> missed ? times.brief(row.call().stageSince()) : "")
                .withProperty(
                        "since",
                        row -> missed
                                ? ""
                                : Long.toString(row.call().stageSince().toEpochMilli()))
                .withProperty(
                        "warning",
                        row -> waits ? Long.toString(thresholds.warnAfter().toSeconds()) : never)
                .withProperty(
                        "alarm",
                        row -> waits ? Long.toString(thresholds.alarmAfter().toSeconds()) : never)
                .withProperty("operator", CallCell::operator)
                .withProperty("person", CallCell::person)
                .withProperty("nobody", row -> nobody)
                .withProperty("events", row -> events(row.call()))
                .withProperty("eventsWord", row -> word)
                .withProperty(
                        "eventsOf",
                        row -> of.getTranslation(
                                "calls.events-of", row.call().id().toString()))
                .withProperty("more", row -> more(row.call(), missed));
    }

    private String number(LiveCall call) {
        String number = call.phoneClient();
        return number == null || number.isBlank() ? of.getTranslation("calls.no-number") : number;
    }

    /** The operator's name, or else their id; empty if there is none. */
    private static String operator(CallRow row) {
        Object id = row.call().operatorId();
        String name = row.operator();
        return name != null ? name : id == null ? "" : id.toString();
    }

    private static String person(CallRow row) {
        Object id = row.call().operatorId();
        return id == null ? "" : Address.link("people", Map.of("person", id.toString()));
    }

    /** The history with the call's events: up to its end, or up to now. */
    static String events(LiveCall call) {
        Instant ended = call.endedAt();
        String before = ended == null ? "now" : ended.plus(AFTER_THE_END).toString();
        return Address.link("events", Map.of("text", call.id().toString(), "before", before));
    }

    private String more(LiveCall call, boolean missed) {
        List<String> more = new ArrayList<>();
        add(more, call.city());
        if (missed) {
            more.add(of.getTranslation("calls.waited", Times.span(Duration.between(call.since(), call.stageSince()))));
        }
        add(more, call.status());
        return String.join(" · ", more);
    }

    private static void add(List<String> texts, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            texts.add(text);
        }
    }
}
