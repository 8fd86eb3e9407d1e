package dev.realtime.console.overview;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.calls.CallThresholds;
import dev.realtime.console.frame.MainLayout;
import dev.realtime.console.language.Sizes;
import dev.realtime.console.live.EventFeed;
import dev.realtime.console.live.Live;
import dev.realtime.console.live.Moment;
import dev.realtime.console.live.Series.Span;
import dev.realtime.console.live.ServiceWatch;
import dev.realtime.console.parts.Address;
import dev.realtime.console.parts.EventWords;
import dev.realtime.console.parts.LineChart;
import dev.realtime.console.parts.RoleWords;
import dev.realtime.console.security.CurrentUser;
import dev.realtime.contracts.ConnectionStats;
import jakarta.annotation.security.PermitAll;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The state of the system at a glance: problems first, then numbers and charts. */
@PermitAll
@Route(value = "", layout = MainLayout.class)
public final class OverviewView extends Div implements HasDynamicTitle, AfterNavigationObserver {

    private static final long serialVersionUID = 1L;

    /** The parameter of the address. */
    private static final String RANGE = "range";

    private final ServiceWatch service;
    private final EventFeed feed;
    private final Troubles troubles;
    private final Tile users = new Tile(getTranslation("overview.users"));
    private final Tile sockets = new Tile(getTranslation("overview.sockets"));
    private final Tile rooms = new Tile(getTranslation("overview.rooms"));
    private final Tile events = new Tile(getTranslation("overview.events"));
    private final Tile latency = new Tile(getTranslation("overview.latency"));
    private final Bars byRole = new Bars(getTranslation("overview.by-role"), role -> RoleWords.of(this, role));
    private final Bars byTransport = new Bars(getTranslation("overview.by-transport"), transport -> transport);
    private final Bars byEvent = new Bars(getTranslation("overview.by-event"), event -> EventWords.of(this, event));
    private final InstanceTable instances = new InstanceTable();
    private final LineChart socketsChart = chart();
    private final LineChart eventsChart = chart();
    private final LineChart latencyChart = new LineChart(
            List.of("p99", "p50"),
            value -> Sizes.decimal(value, getLocale()) + " " + getTranslation("overview.ms"),
            getTranslation("overview.ms"),
            getTranslation("overview.until"));
    private final Select<Span> range = new Select<>();

    public OverviewView(
            Live live,
            ServiceWatch service,
            EventFeed feed,
            AdminApi api,
            CallThresholds calls,
            WarningThresholds thresholds) {
        this.service = service;
        this.feed = feed;
        troubles = new Troubles(new Concerns(api, CurrentUser.get(), feed, calls), thresholds);
        addClassNames("view", "overview");
        Div tiles = new Div(users, sockets, rooms, events, latency);
        tiles.addClassName("tiles");
        Div charts = new Div(
                card(getTranslation("overview.events-chart"), eventsChart),
                card(getTranslation("overview.latency-chart"), latencyChart),
                card(getTranslation("overview.sockets-chart"), socketsChart));
        charts.addClassName("charts");
        Div groups = new Div(new Div(byRole, byTransport), byEvent);
        groups.addClassName("groups");
        range.setLabel(getTranslation("overview.range"));
        range.setItems(Span.values());
        range.setItemLabelGenerator(each -> getTranslation("overview.range-" + each.ordinal()));
        range.setValue(Span.FIVE_MINUTES);
        range.addValueChangeListener(chosen -> {
            if (chosen.isFromClient()) {
                charts(live.moment());
                address();
            }
        });
        Div tools = new Div(range);
        tools.addClassName("overview-tools");
        add(troubles, tiles, tools, charts, groups, card(getTranslation("overview.instances"), instances));
        live.tell(this, moment -> {
            troubles.ask(moment);
            return () -> show(moment);
        });
    }

    private void address() {
        Span span = range.getValue();
        String name = span == Span.FIVE_MINUTES ? "" : span.name().toLowerCase(Locale.ROOT);
        getUI().ifPresent(ui -> Address.replace(ui, "", Map.of(RANGE, name)));
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        String name = Address.value(event.getLocation().getQueryParameters(), RANGE);
        range.setValue(Arrays.stream(Span.values())
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(Span.FIVE_MINUTES));
    }

    @Override
    public String getPageTitle() {
        return getTranslation("frame.overview");
    }

    private LineChart chart() {
        return new LineChart(
                List.of(""), value -> Sizes.decimal(value, getLocale()), "", getTranslation("overview.until"));
    }

    private static Section card(String title, com.vaadin.flow.component.Component content) {
        Section card = new Section(new H2(title), content);
        card.addClassName("card");
        return card;
    }

    private void show(Moment moment) {
        troubles.show(moment);
        ConnectionStats totals = moment.service().connections();
        if (totals != null) {
            users.show(Sizes.number(totals.users(), getLocale()));
            sockets.show(Sizes.number(totals.total(), getLocale()));
            rooms.show(Sizes.number(moment.service().rooms(), getLocale()));
            byRole.show(totals.byRole());
            byTransport.show(totals.byTransport());
        }
        instances.show(moment.service());
        byEvent.show(feed.perMinuteByName(moment.now()));
        charts(moment);
    }

    private void charts(Moment moment) {
        double rate = last(feed.perSecond());
        events.show(Sizes.decimal(rate, getLocale()));
        Span span = range.getValue();
        String from = getTranslation("overview.from-" + span.ordinal());
        eventsChart.show(moment.now(), span, from, getTranslation("overview.events-label", rate), feed.perSecond());
        double p99 = last(service.latencyP99());
        boolean measured = !service.latencyP99().points().isEmpty();
        latency.show(
                measured
                        ? Sizes.decimal(p99, getLocale()) + " " + getTranslation("overview.ms")
                        : getTranslation("overview.none"));
        latencyChart.show(
                moment.now(),
                span,
                from,
                getTranslation("overview.latency-label", last(service.latencyP50()), p99),
                service.latencyP99(),
                service.latencyP50());
        socketsChart.show(
                moment.now(),
                span,
                from,
                getTranslation("overview.sockets-label", last(service.sockets())),
                service.sockets());
    }

    private static double last(dev.realtime.console.live.Series series) {
        var points = series.points();
        return points.isEmpty() ? 0 : points.getLast().value();
    }
}
