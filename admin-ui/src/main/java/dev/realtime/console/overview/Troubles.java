package dev.realtime.console.overview;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.realtime.console.language.Sizes;
import dev.realtime.console.language.Times;
import dev.realtime.console.live.Moment;
import dev.realtime.console.parts.Address;
import dev.realtime.contracts.HealthReport;
import dev.realtime.contracts.admin.InstanceReport;
import dev.realtime.contracts.admin.Instances;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All current warnings in words, each with a link to where one can do something about it, or that there are none. A
 * warning can be put off for an hour.
 */
final class Troubles extends Div {

    private static final long serialVersionUID = 1L;

    /**
     * A warning.
     *
     * @param key what it is about, whatever its numbers
     * @param link the address of a view; may be empty
     */
    private record Trouble(String key, String text, String link) {}

    private final transient Concerns concerns;
    private final transient WarningThresholds thresholds;
    private final transient Snoozes snoozes = Snoozes.ofSession();
    private final Map<String, Line> lines = new HashMap<>();
    private final Div list = new Div();
    private final Div fine = new Div(VaadinIcon.CHECK_CIRCLE.create(), new Span(getTranslation("overview.fine")));
    private final Span put = new Span();
    private final Div putOff = new Div();

    Troubles(Concerns concerns, WarningThresholds thresholds) {
        this.concerns = concerns;
        this.thresholds = thresholds;
        addClassName("troubles");
        getElement().setAttribute("role", "status");
        list.addClassName("troubles");
        fine.addClassName("fine");
        Button again = new Button(getTranslation("overview.snoozed-show"), click -> {
            snoozes.clear();
            putOff.setVisible(false);
        });
        again.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        putOff.add(put, again);
        putOff.addClassNames("fine", "quiet");
        putOff.setVisible(false);
        fine.setVisible(false);
        add(list, fine, putOff);
    }

    /** Asks the service. Call without the session's lock. */
    void ask(Moment moment) {
        concerns.ask(moment);
    }

    void show(Moment moment) {
        List<Trouble> now = of(moment);
        List<Trouble> shown = now.stream()
                .filter(trouble -> !snoozes.contains(trouble.key, moment.now()))
                .toList();
        lines.entrySet().removeIf(line -> {
            boolean over = shown.stream().noneMatch(trouble -> trouble.key.equals(line.getKey()));
            if (over) {
                list.remove(line.getValue());
            }
            return over;
        });
        for (int i = 0; i < shown.size(); i++) {
            Trouble trouble = shown.get(i);
            Line line = lines.get(trouble.key);
            if (line == null) {
                line = new Line(trouble, this::snooze);
                lines.put(trouble.key, line);
                list.addComponentAtIndex(i, line);
            }
            line.show(trouble);
        }
        int hidden = now.size() - shown.size();
        fine.setVisible(now.isEmpty());
        putOff.setVisible(hidden > 0);
        put.setText(getTranslation("overview.snoozed", hidden));
    }

    private void snooze(String key) {
        snoozes.add(key);
        Line line = lines.remove(key);
        if (line != null) {
            list.remove(line);
        }
    }

    private List<Trouble> of(Moment moment) {
        Times times = Times.of(getUI().orElseThrow());
        Map<String, Trouble> troubles = new LinkedHashMap<>();
        Consumer<Trouble> add = trouble -> troubles.putIfAbsent(trouble.key, trouble);
        Instant away = moment.service().awaySince();
        if (away != null) {
            add.accept(trouble("service", "", "overview.service-away", times.brief(away)));
        }
        Instant redis = moment.service().redisAwaySince();
        if (redis != null) {
            add.accept(trouble("redis", "", "overview.redis-away", times.brief(redis)));
        }
        if (moment.deaf()) {
            add.accept(trouble("deaf", "", "overview.deaf"));
        }
        Concerns.Found found = concerns.found();
        if (found.lateCalls() > 0) {
            add.accept(trouble("calls", "calls", "overview.late-calls", found.lateCalls()));
        }
        Instances instances = moment.service().instances();
        if (instances != null) {
            instances.silent().forEach(name -> add.accept(trouble("silent " + name, "", "overview.silent", name)));
            instances.instances().forEach(instance -> of(instance).forEach(add));
        }
        HealthReport health = moment.service().health();
        if (health != null) {
            health.problems().forEach(problem -> add.accept(problem("", problem)));
        }
        if (found.withoutCity() > 0) {
            String link = Address.link("connections", Map.of("role", "operator", "without", "city"));
            add.accept(trouble("without city", link, "rooms.without-city", found.withoutCity()));
        }
        if (found.unwatched() > 0) {
            add.accept(trouble("unwatched", "rooms", "overview.unwatched", found.unwatched()));
        }
        return List.copyOf(troubles.values());
    }

    private Trouble trouble(String key, String link, String text, Object... parameters) {
        return new Trouble(key, getTranslation(text, parameters), link);
    }

    private List<Trouble> of(InstanceReport instance) {
        List<Trouble> troubles = new ArrayList<>();
        String name = instance.instance();
        String link = Address.link("connections", Map.of("instance", name));
        if ("down".equals(instance.redis())) {
            troubles.add(trouble("redis " + name, link, "overview.instance-redis", name));
        }
        if (instance.lag() > thresholds.lag()) {
            troubles.add(trouble("lag " + name, link, "overview.lag", name, instance.lag()));
        }
        Double slowest = instance.latencyP99();
        if (slowest != null && slowest > thresholds.latency().toMillis()) {
            troubles.add(trouble("slow " + name, link, "overview.slow", name, Sizes.decimal(slowest, getLocale())));
        }
        if (instance.heapUsed() > thresholds.heap() * instance.heapMax()) {
            troubles.add(trouble("heap " + name, link, "overview.heap", name));
        }
        List<String> problems = instance.problems();
        if (problems != null) {
            problems.forEach(problem -> troubles.add(problem(link, problem)));
        }
        return troubles;
    }

    /** A sentence of the service begins with a code, by which it has a name in the page's language. */
    private Trouble problem(String link, String sentence) {
        int colon = sentence.indexOf(':');
        String code = colon < 0 ? "" : sentence.substring(0, colon);
        return new Trouble(
                "problem " + (code.isEmpty() ? sentence : code), ServiceProblems.words(this, code, sentence), link);
    }

    private static final class Line extends Div {

        private static final long serialVersionUID = 1L;

        private final Span text = new Span();
        private final Anchor link = new Anchor();
        private final Button snooze;

        Line(Trouble trouble, Consumer<String> later) {
            addClassName("trouble");
            link.setText(getTranslation("overview.look"));
            snooze = new Button(getTranslation("overview.snooze"), click -> later.accept(trouble.key));
            snooze.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            Div more = new Div(link, snooze);
            more.addClassName("trouble-more");
            Component icon = VaadinIcon.EXCLAMATION_CIRCLE.create();
            add(icon, text, more);
        }

        void show(Trouble trouble) {
            text.setText(trouble.text);
            link.setHref(trouble.link);
            link.setVisible(!trouble.link.isEmpty());
            link.getElement().setAttribute("aria-label", getTranslation("overview.look") + ": " + trouble.text);
            snooze.setAriaLabel(getTranslation("overview.snooze") + ": " + trouble.text);
        }
    }
}
