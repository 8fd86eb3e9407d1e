package dev.realtime.console.overview;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.dom.Element;
import dev.realtime.console.language.Sizes;
import dev.realtime.console.language.Times;
import dev.realtime.console.live.ServiceState;
import dev.realtime.contracts.admin.InstanceReport;
import dev.realtime.contracts.admin.Instances;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The table of the instances' states. */
@Tag("div")
final class InstanceTable extends Div {

    private static final long serialVersionUID = 1L;

    private final Element body = new Element("tbody");

    InstanceTable() {
        addClassName("table-scroll");
        getElement().setAttribute("tabindex", "0");
        Element head = new Element("tr");
        for (String column : List.of(
                "instance",
                "state",
                "column-sockets",
                "column-events",
                "column-latency",
                "column-lag",
                "column-heap",
                "uptime",
                "version")) {
            head.appendChild(
                    new Element("th").setAttribute("scope", "col").setText(getTranslation("overview." + column)));
        }
        getElement()
                .appendChild(new Element("table")
                        .setAttribute("class", "plain-table")
                        .appendChild(new Element("thead").appendChild(head), body));
    }

    void show(ServiceState service) {
        Instances instances = service.instances();
        if (instances == null) {
            return;
        }
        body.removeAllChildren();
        instances.instances().forEach(instance -> body.appendChild(row(instance)));
        for (String silent : instances.silent()) {
            body.appendChild(
                    cells(List.of(silent, getTranslation("overview.state-silent"), "", "", "", "", "", "", ""), "bad"));
        }
    }

    private Element row(InstanceReport instance) {
        Locale locale = getLocale();
        boolean well = !"down".equals(instance.redis())
                && (instance.problems() == null || instance.problems().isEmpty());
        Double p50 = instance.latencyP50();
        Double p99 = instance.latencyP99();
        Long events = instance.events();
        return cells(
                List.of(
                        instance.instance(),
                        getTranslation(well ? "overview.state-well" : "overview.state-trouble"),
                        Sizes.number(instance.sockets(), locale),
                        events == null ? "–" : Sizes.number(events, locale),
                        p50 == null || p99 == null
                                ? "–"
                                : Sizes.decimal(p50, locale) + " / " + Sizes.decimal(p99, locale) + " "
                                        + getTranslation("overview.ms"),
                        Sizes.number(instance.lag(), locale),
                        Sizes.bytes(instance.heapUsed(), locale) + " / " + Sizes.bytes(instance.heapMax(), locale),
                        Times.span(Duration.ofSeconds(instance.uptime())),
                        instance.version()),
                well ? "good" : "bad");
    }

    private static Element cells(List<String> texts, String state) {
        Element row = new Element("tr").setAttribute("class", state);
        texts.forEach(text -> row.appendChild(new Element("td").setText(text)));
        return row;
    }
}
