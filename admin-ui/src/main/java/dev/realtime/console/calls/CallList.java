package dev.realtime.console.calls;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.Grid.SelectionMode;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.language.Sizes;
import dev.realtime.console.language.Times;
import dev.realtime.console.live.PeopleNames;
import dev.realtime.console.parts.PageBudget;
import dev.realtime.console.parts.PagedRows;
import dev.realtime.console.parts.PagedRows.Answer;
import dev.realtime.console.parts.RowsState;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.board.BoardPage;
import dev.realtime.contracts.board.CallStage;
import dev.realtime.contracts.board.LiveCall;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The calls of one stage, with their number. The service filters them and returns them in pages. */
final class CallList extends Section {

    private static final long serialVersionUID = 1L;

    private final Span count = new Span("–");
    private final transient RowsState state;
    private final transient PagedRows<CallRow> rows;
    private int found = -1;

    /**
     * @param sort the service's name of the order
     * @param limits more criteria than the user's, evaluated with every request
     */
    CallList(
            AdminApi api,
            ConsoleUser user,
            Times times,
            PeopleNames names,
            CallThresholds thresholds,
            CallStage stage,
            String sort,
            Supplier<Query> limits) {
        String name = stage.wireName();
        addClassNames("card", "call-list", "calls-" + name);
        H2 title = new H2(getTranslation("calls." + name));
        title.setId("calls-" + name);
        getElement().setAttribute("aria-labelledby", "calls-" + name);
        count.addClassName("call-count");
        Div head = new Div(title, count);
        head.addClassName("call-head");
        Grid<CallRow> grid = new Grid<>();
        grid.addClassName("calls-table");
        grid.addThemeVariants(GridVariant.NO_BORDER);
        grid.setSelectionMode(SelectionMode.NONE);
        grid.setAriaLabel(getTranslation("calls." + name));
        grid.addColumn(new CallCell(this, times, thresholds).renderer(stage)).setKey("call");
        rows = new PagedRows<>(grid, CallRow::key, sort, PageBudget.ofSession("calls-" + name), query -> {
            BoardPage<LiveCall> answer =
                    api.calls(user, limits.get().with("stage", name).and(query));
            Map<String, String> known = names.of(answer.rows().stream()
                    .map(LiveCall::operatorId)
                    .filter(Objects::nonNull)
                    .map(Object::toString)
                    .distinct()
                    .toList());
            return new Answer<>(
                    rows(answer.rows(), id -> id == null ? null : known.get(id.toString())),
                    answer.page().matching());
        });
        state = new RowsState(grid, getTranslation("calls.no-" + name), rows);
        rows.onCount(this::counted);
        add(head, state, grid);
    }

    private static List<CallRow> rows(List<LiveCall> calls, Function<@Nullable Object, @Nullable String> names) {
        return calls.stream()
                .map(call -> new CallRow(call, names.apply(call.operatorId())))
                .toList();
    }

    private void counted(int matching) {
        state.answered();
        if (matching != found) {
            found = matching;
            count.setText(Sizes.number(matching, getLocale()));
        }
    }

    void filter(Query filter) {
        rows.filter(filter);
    }

    /** Call without the session's lock. */
    @Nullable
    Runnable refresh() {
        return state.refresh();
    }
}
