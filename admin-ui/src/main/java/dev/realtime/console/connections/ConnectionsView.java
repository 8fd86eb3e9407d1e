package dev.realtime.console.connections;

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
import dev.realtime.console.parts.CsvDownload;
import dev.realtime.console.parts.DetailHistory;
import dev.realtime.console.parts.EnterKey;
import dev.realtime.console.parts.PagedRows;
import dev.realtime.console.parts.PagedRows.Answer;
import dev.realtime.console.parts.RowsState;
import dev.realtime.console.parts.SortParameter;
import dev.realtime.console.parts.Suggestions;
import dev.realtime.console.parts.TableWithDetail;
import dev.realtime.console.parts.WindowWidth;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.console.security.CurrentUser;
import dev.realtime.contracts.ConnectionStats;
import dev.realtime.contracts.Page;
import dev.realtime.contracts.SocketPresence;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The current sockets of the whole cluster, filtered and sorted by the service. The address holds the filter and the
 * open socket.
 */
@PermitAll
@StyleSheet("connections.css")
@Route(value = ConnectionsView.PATH, layout = MainLayout.class)
public final class ConnectionsView extends Div implements HasDynamicTitle, AfterNavigationObserver {

    static final String PATH = "connections";

    private static final long serialVersionUID = 1L;

    private final Grid<SocketPresence> grid = new Grid<>();
    private final Span count = new Span();
    private final TableWithDetail layout;
    private final transient FilterBar filters;
    private final transient SocketDetail detail;
    private final transient PagedRows<SocketPresence> rows;
    private final transient SocketColumns columns;
    private final transient Refreshes refreshes = new Refreshes();
    private final DetailHistory history = new DetailHistory(PATH);
    private transient volatile ConnectionFilter filter = ConnectionFilter.NONE;
    private int matching = -1;
    private int total = -1;

    public ConnectionsView(Live live, AdminApi api) {
        ConsoleUser user = CurrentUser.get();
        Times times = Times.of(UI.getCurrent());
        addClassNames("view", "view-fill", "connections");
        Suggestions rooms = new Suggestions(api, user);
        filters = new FilterBar(rooms, this::choose);
        rows = new PagedRows<>(grid, SocketPresence::socketId, "-connectedAt", query -> {
            if (filter.hasWrongRoom()) {
                return new Answer<>(List.of(), 0);
            }
            ConnectionStats answer = api.connections(user, query).data();
            Page page = answer.page();
            return new Answer<>(
                    Objects.requireNonNullElse(answer.connections(), List.of()), page == null ? 0 : page.matching());
        });
        RowsState state = new RowsState(grid, getTranslation("connections.nobody"), rows);
        rows.onCount(found -> {
            state.answered();
            matching = found;
            showCount();
        });
        columns = new SocketColumns(grid, times, getLocale());
        detail = new SocketDetail(
                api, user, times, new SocketActions(api, user, rooms, refreshes::hurry), this::closeDetail);
        detail.onShow(grid::select);
        BlockedUsers blocked = new BlockedUsers(api, user);
        layout = new TableWithDetail(grid, getTranslation("connections.detail"), "24rem", "25rem", this::closeDetail);
        add(filters, tools(api, user, times, blocked), state, layout);
        setUpGrid();
        refreshes.eager(state::refresh).eager(detail::refresh).calm(blocked::refresh);
        WindowWidth.tell(this, columns::fit);
        live.tell(this, this::prepare);
    }

    private Div tools(AdminApi api, ConsoleUser user, Times times, BlockedUsers blocked) {
        count.addClassName("count");
        CsvDownload csv = new CsvDownload(
                getTranslation("connections.csv"),
                "connections",
                times,
                SocketCsv.COLUMNS.stream()
                        .map(column -> getTranslation("connections." + column))
                        .toList(),
                new SocketCsv(api, user, times, rows::query));
        Div tools = new Div(count, blocked, csv);
        tools.addClassName("tools");
        return tools;
    }

    private void setUpGrid() {
        grid.addClassName("sockets");
        grid.setSizeFull();
        grid.setMultiSort(false);
        grid.addThemeVariants(GridVariant.NO_BORDER);
        grid.setAriaLabel(getTranslation("connections.table"));
        grid.setSelectionMode(SelectionMode.SINGLE);
        grid.asSingleSelect().addValueChangeListener(chosen -> {
            if (chosen.isFromClient()) {
                choose(chosen.getValue());
            }
        });
        SortParameter.onChange(grid, this::address);
        EnterKey.opens(grid, row -> {
            choose(row);
            detail.focusFirst();
        });
    }

    private void choose(ConnectionFilter other) {
        filter = other;
        rows.filter(other.query());
        showCount();
        address();
    }

    private void choose(@Nullable SocketPresence socket) {
        if (socket == null) {
            closeDetail();
            return;
        }
        detail.open(socket);
        layout.open(detail);
        address();
    }

    private void closeDetail() {
        if (!detail.id().isEmpty()) {
            detail.close();
            layout.close();
            address();
        }
    }

    private void address() {
        getUI().ifPresent(ui -> history.show(ui, state(), !detail.id().isEmpty()));
    }

    private Map<String, String> state() {
        Map<String, String> state = filter.parameters();
        state.put(SortParameter.NAME, SortParameter.of(grid));
        state.put("socket", detail.id());
        return state;
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        var parameters = event.getLocation().getQueryParameters();
        filter = ConnectionFilter.of(parameters);
        filters.show(filter);
        rows.filter(filter.query());
        SortParameter.sort(grid, Address.value(parameters, SortParameter.NAME));
        showCount();
        String socket = Address.value(parameters, "socket");
        if (socket.isEmpty() && !detail.id().isEmpty()) {
            detail.close();
            layout.close();
        } else if (!socket.equals(detail.id())) {
            detail.open(socket);
            layout.open(detail);
            refreshes.hurry();
        }
        history.arrived(state(), !socket.isEmpty());
    }

    private @Nullable Runnable prepare(Moment moment) {
        Runnable change = refreshes.prepare(moment);
        ConnectionStats totals = moment.service().connections();
        if (totals == null) {
            return change;
        }
        return () -> {
            filters.offer(totals);
            total = totals.total();
            showCount();
            if (change != null) {
                change.run();
            }
        };
    }

    private void showCount() {
        String all = total < 0 ? "–" : Sizes.number(total, getLocale());
        String found = matching < 0 ? "–" : Sizes.number(matching, getLocale());
        count.setText(
                filter.isEmpty()
                        ? getTranslation("connections.count", found)
                        : getTranslation("connections.count-of", found, all));
    }

    @Override
    public String getPageTitle() {
        return getTranslation("frame.connections");
    }
}
