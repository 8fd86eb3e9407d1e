package dev.realtime.console.people;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.Grid.SelectionMode;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.frame.MainLayout;
import dev.realtime.console.language.Sizes;
import dev.realtime.console.language.Times;
import dev.realtime.console.live.Live;
import dev.realtime.console.live.Moment;
import dev.realtime.console.live.Refreshes;
import dev.realtime.console.parts.Address;
import dev.realtime.console.parts.Choice;
import dev.realtime.console.parts.CityField;
import dev.realtime.console.parts.Criteria;
import dev.realtime.console.parts.CriteriaBar;
import dev.realtime.console.parts.DetailHistory;
import dev.realtime.console.parts.EnterKey;
import dev.realtime.console.parts.PagedRows;
import dev.realtime.console.parts.PagedRows.Answer;
import dev.realtime.console.parts.RoleWords;
import dev.realtime.console.parts.RowsState;
import dev.realtime.console.parts.RunningTime;
import dev.realtime.console.parts.SortParameter;
import dev.realtime.console.parts.Suggestions;
import dev.realtime.console.parts.TableWithDetail;
import dev.realtime.console.parts.WindowWidth;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.console.security.CurrentUser;
import dev.realtime.contracts.ConnectionStats;
import dev.realtime.contracts.board.BoardPage;
import dev.realtime.contracts.board.Person;
import dev.realtime.contracts.board.PersonStatus;
import jakarta.annotation.security.PermitAll;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The people, offline ones too, filtered and sorted by the service: a row is a person. The address holds the filter and
 * the open person.
 */
@PermitAll
@StyleSheet("connections.css")
@StyleSheet("people.css")
@StyleSheet("running-time.css")
@Route(value = PeopleView.PATH, layout = MainLayout.class)
public final class PeopleView extends Div implements HasDynamicTitle, AfterNavigationObserver {

    static final String PATH = "people";

    private static final long serialVersionUID = 1L;

    private static final Criteria NONE = Criteria.none(List.of(Criteria.TEXT, "status", "role", "city"));

    private final Grid<Person> grid = new Grid<>();
    private final Span count = new Span();
    private final Choice status = new Choice(getTranslation("people.status"));
    private final Choice role = new Choice(getTranslation("people.role"));
    private final DetailHistory history = new DetailHistory(PATH);
    private final CriteriaBar filters;
    private final TableWithDetail layout;
    private final transient PersonDetail detail;
    private final transient PagedRows<Person> rows;
    private final transient Refreshes refreshes = new Refreshes();

    public PeopleView(Live live, AdminApi api) {
        ConsoleUser user = CurrentUser.get();
        Times times = Times.of(UI.getCurrent());
        addClassNames("view", "view-fill", "connections", "people");
        RunningTime.define(this);
        status.name(value -> getTranslation("people.status-" + value));
        status.items(
                Arrays.stream(PersonStatus.values()).map(PersonStatus::wireName).toList());
        role.name(value -> RoleWords.of(this, value));
        filters = new CriteriaBar(NONE, this::filter)
                .text(getTranslation("people.text"), getTranslation("people.text-hint"))
                .choice("status", status)
                .choice("role", role)
                .city("city", new CityField(getTranslation("people.city"), new Suggestions(api, user)));
        rows = new PagedRows<>(grid, person -> person.userId().toString(), "name", query -> {
            BoardPage<Person> answer = api.people(user, query);
            return new Answer<>(answer.rows(), answer.page().matching());
        });
        RowsState state = new RowsState(grid, getTranslation("people.nobody"), rows);
        rows.onCount(found -> {
            state.answered();
            count.setText(getTranslation("people.count", Sizes.number(found, getLocale())));
        });
        PersonColumns columns = new PersonColumns(grid, times, getLocale());
        detail = new PersonDetail(api, user, times, refreshes::hurry, this::closeDetail);
        detail.onShow(grid::select);
        layout = new TableWithDetail(grid, getTranslation("people.detail"), "22rem", "25rem", this::closeDetail);
        count.addClassName("count");
        Div tools = new Div(count);
        tools.addClassName("tools");
        add(filters, tools, state, layout);
        setUpGrid();
        refreshes.lively(state::refresh).lively(detail::refresh);
        WindowWidth.tell(this, columns::fit);
        live.tell(this, this::prepare);
    }

    private void setUpGrid() {
        grid.addClassName("people-table");
        grid.setSizeFull();
        grid.setMultiSort(false);
        grid.addThemeVariants(GridVariant.NO_BORDER);
        grid.setAriaLabel(getTranslation("frame.people"));
        grid.setSelectionMode(SelectionMode.SINGLE);
        grid.asSingleSelect().addValueChangeListener(chosen -> {
            if (chosen.isFromClient()) {
                choose(chosen.getValue());
            }
        });
        SortParameter.onChange(grid, this::address);
        EnterKey.opens(grid, person -> {
            choose(person);
            detail.focusFirst();
        });
    }

    private void filter(Criteria criteria) {
        rows.filter(criteria.query());
        address();
    }

    private void choose(@Nullable Person person) {
        if (person == null) {
            closeDetail();
            return;
        }
        detail.open(person);
        layout.open(detail);
        refreshes.hurry();
        address();
    }

    private void closeDetail() {
        if (!detail.userKey().isEmpty()) {
            detail.close();
            layout.close();
            address();
        }
    }

    private void address() {
        getUI().ifPresent(ui -> history.show(ui, state(), !detail.userKey().isEmpty()));
    }

    private Map<String, String> state() {
        Map<String, String> state = filters.criteria().parameters();
        state.put(SortParameter.NAME, SortParameter.of(grid));
        state.put("person", detail.userKey());
        return state;
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        var parameters = event.getLocation().getQueryParameters();
        filters.show(NONE.of(parameters));
        rows.filter(filters.criteria().query());
        SortParameter.sort(grid, Address.value(parameters, SortParameter.NAME));
        String person = Address.value(parameters, "person");
        if (person.isEmpty() && !detail.userKey().isEmpty()) {
            detail.close();
            layout.close();
        } else if (!person.equals(detail.userKey())) {
            detail.open(person);
            layout.open(detail);
            refreshes.hurry();
        }
        history.arrived(state(), !person.isEmpty());
    }

    private @Nullable Runnable prepare(Moment moment) {
        Runnable change = refreshes.prepare(moment);
        ConnectionStats totals = moment.service().connections();
        if (totals == null) {
            return change;
        }
        return () -> {
            filters.quietly(() -> role.items(totals.byRole().keySet().stream()
                    .filter(each -> !each.equals(ConnectionStats.NO_ROLE))
                    .sorted()
                    .toList()));
            if (change != null) {
                change.run();
            }
        };
    }

    @Override
    public String getPageTitle() {
        return getTranslation("frame.people");
    }
}
