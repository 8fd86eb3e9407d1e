package dev.realtime.console.overview;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.realtime.console.language.Sizes;
import dev.realtime.console.language.Times;
import dev.realtime.console.live.Moment;
import dev.realtime.contracts.HealthReport;
import dev.realtime.contracts.admin.InstanceReport;
import dev.realtime.contracts.admin.Instances;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The current problems in words, or that there are none. */
final class Troubles extends Div {

    private static final long serialVersionUID = 1L;

    /** A larger lag is more than a momentary one. */
    private static final long LAG = 100;

    private static final double SLOW_MILLIS = 500;
    private static final double FULL = 0.92;

    private List<String> shown = List.of();
    private boolean first = true;

    Troubles() {
        addClassName("troubles");
        getElement().setAttribute("role", "status");
    }

    void show(Moment moment) {
        List<String> now = of(moment);
        if (!first && now.equals(shown)) {
            return;
        }
        first = false;
        shown = now;
        removeAll();
        if (now.isEmpty()) {
            add(line(VaadinIcon.CHECK_CIRCLE.create(), getTranslation("overview.fine"), "fine"));
        }
        now.forEach(trouble -> add(line(VaadinIcon.EXCLAMATION_CIRCLE.create(), trouble, "trouble")));
    }

    private static Component line(Icon icon, String text, String name) {
        Div line = new Div(icon, new Span(text));
        line.addClassName(name);
        return line;
    }

    private List<String> of(Moment moment) {
        Times times = Times.of(getUI().orElseThrow());
        Set<String> troubles = new LinkedHashSet<>();
        Instant away = moment.service().awaySince();
        if (away != null) {
            troubles.add(getTranslation("overview.service-away", times.brief(away)));
        }
        Instant redis = moment.service().redisAwaySince();
        if (redis != null) {
            troubles.add(getTranslation("overview.redis-away", times.brief(redis)));
        }
        if (moment.deaf()) {
            troubles.add(getTranslation("overview.deaf"));
        }
        HealthReport health = moment.service().health();
        if (health != null) {
            troubles.addAll(health.problems());
        }
        Instances instances = moment.service().instances();
        if (instances != null) {
            instances.silent().forEach(instance -> troubles.add(getTranslation("overview.silent", instance)));
            instances.instances().forEach(instance -> troubles.addAll(of(instance)));
        }
        return List.copyOf(troubles);
    }

    private List<String> of(InstanceReport instance) {
        List<String> troubles = new ArrayList<>();
        String name = instance.instance();
        Locale locale = getLocale();
        if ("down".equals(instance.redis())) {
            troubles.add(getTranslation("overview.instance-redis", name));
        }
        if (instance.lag() > LAG) {
            troubles.add(getTranslation("overview.lag", name, Sizes.number(instance.lag(), locale)));
        }
        Double slowest = instance.latencyP99();
        if (slowest != null && slowest > SLOW_MILLIS) {
            troubles.add(getTranslation("overview.slow", name, Sizes.decimal(slowest, locale)));
        }
        if (instance.heapUsed() > FULL * instance.heapMax()) {
            troubles.add(getTranslation("overview.heap", name));
        }
        List<String> problems = instance.problems();
        if (problems != null) {
            troubles.addAll(problems);
        }
        return troubles;
    }
}
