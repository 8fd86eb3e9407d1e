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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of the instances' states. */
@Tag("div")
final class InstanceTable extends Div {

    private static final long serialVersionUID = 1L;

    /**
     * A row.
     *
     * @param state its CSS class
     */
    private record Row(List<String> texts, String state) {}

    private final Element body = new Element("tbody");

    InstanceTable() {
        addClassName("table-scroll");
        getElement()
                .setAttribute("tabindex", "0")
                .setAttribute("role", "region")
                .setAttribute("aria-label", getTranslation("overview.instances"));
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
        List<Row> rows = new ArrayList<>();
        instances.instances().forEach(instance -> rows.add(row(instance)));
        for (String silent : instances.silent()) {
            rows.add(new Row(
                    List.of(silent, getTranslation("overview.state-silent"), "", "", "", "", "", "", ""), "bad"));
        }
        while (body.getChildCount() > rows.size()) {
            body.removeChild(body.getChildCount() - 1);
        }
        for (int i = 0; i < rows.size(); i++) {
            if (i == body.getChildCount()) {
                Element fresh = new Element("tr");
                rows.get(i).texts.forEach(text -> fresh.appendChild(new Element("td")));
                body.appendChild(fresh);
            }
            show(body.getChild(i), rows.get(i));
        }
    }

    /** Changes only the cells that have changed, so that selected text stays selected. */
    private static void show(Element line, Row row) {
        line.setAttribute("class", row.state);
        for (int i = 0; i < row.texts.size(); i++) {
            if (!row.texts.get(i).equals(line.getChild(i).getText())) {
                line.getChild(i).setText(row.texts.get(i));
            }
        }
    }

    private Row row(InstanceReport instance) {
        Locale locale = getLocale();
        boolean well = !"down".equals(instance.redis())
                && (instance.problems() == null || instance.problems().isEmpty());
        Double p50 = instance.latencyP50();
        Double p99 = instance.latencyP99();
        Long events = instance.events();
        return new Row(
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
}
