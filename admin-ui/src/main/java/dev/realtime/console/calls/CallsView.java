package dev.realtime.console.calls;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.frame.MainLayout;
import dev.realtime.console.language.Times;
import dev.realtime.console.live.Live;
import dev.realtime.console.live.PeopleNames;
import dev.realtime.console.live.Refreshes;
import dev.realtime.console.parts.Address;
import dev.realtime.console.parts.CityField;
import dev.realtime.console.parts.Criteria;
import dev.realtime.console.parts.CriteriaBar;
import dev.realtime.console.parts.RunningTime;
import dev.realtime.console.parts.Suggestions;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.console.security.CurrentUser;
import dev.realtime.contracts.board.CallStage;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The calls side by side: those that wait, those that are talked on, and those missed today. The address holds the filter. */
@PermitAll
@StyleSheet("connections.css")
@StyleSheet("calls.css")
@StyleSheet("running-time.css")
@Route(value = CallsView.PATH, layout = MainLayout.class)
public final class CallsView extends Div implements HasDynamicTitle, AfterNavigationObserver {

    static final String PATH = "calls";

    private static final long serialVersionUID = 1L;

    private static final Criteria NONE = Criteria.none(List.of(Criteria.TEXT, "city", "operator", "status"));

    private final CriteriaBar filters;
    private final transient List<CallList> lists;
    private final transient Refreshes refreshes = new Refreshes();

    public CallsView(Live live, AdminApi api, PeopleNames names, CallThresholds thresholds) {
        ConsoleUser user = CurrentUser.get();
        Times times = Times.of(UI.getCurrent());
        addClassNames("view", "view-fill", "calls");
        RunningTime.define(this);
        filters = new CriteriaBar(NONE, this::filter)
                .text(getTranslation("calls.text"), getTranslation("calls.text-hint"))
                .city("city", new CityField(getTranslation("calls.city"), new Suggestions(api, user)))
                .tag("operator", id -> getTranslation("calls.filter-operator", id))
                .tag("status", status -> getTranslation("calls.filter-status", status));
        Supplier<Query> always = Query::none;
        Supplier<Query> today = () -> Query.none().with("after", times.midnight());
        lists = List.of(
                new CallList(api, user, times, names, thresholds, CallStage.WAITING, "stageSince", always),
                new CallList(api, user, times, names, thresholds, CallStage.TALKING, "stageSince", always),
                new CallList(api, user, times, names, thresholds, CallStage.MISSED, "-stageSince", today));
        Anchor wall = new Anchor("wall", VaadinIcon.DESKTOP.create());
        wall.add(getTranslation("calls.wall"));
        wall.addClassName("to-wall");
        Div tools = new Div(filters, wall);
        tools.addClassName("call-tools");
        Div columns = new Div();
        columns.addClassName("call-lists");
        lists.forEach(columns::add);
        add(tools, columns);
        lists.forEach(list -> refreshes.lively(list::refresh));
        live.tell(this, refreshes);
    }

    private void filter(Criteria criteria) {
        show(criteria);
        Map<String, String> state = criteria.parameters();
        getUI().ifPresent(ui -> Address.replace(ui, PATH, state));
    }

    private void show(Criteria criteria) {
        lists.forEach(list -> list.filter(criteria.query()));
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.show(NONE.of(event.getLocation().getQueryParameters()));
        show(filters.criteria());
    }

    @Override
    public String getPageTitle() {
        return getTranslation("frame.calls");
    }
}
