package dev.realtime.console.receipts;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.frame.MainLayout;
import dev.realtime.console.language.Times;
import dev.realtime.console.live.Live;
import dev.realtime.console.live.Refreshes;
import dev.realtime.console.parts.Address;
import dev.realtime.console.parts.DetailHistory;
import dev.realtime.console.parts.ListState;
import dev.realtime.console.parts.NewestRows;
import dev.realtime.console.parts.PageBudget;
import dev.realtime.console.parts.TableWithDetail;
import dev.realtime.console.parts.WindowWidth;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.console.security.CurrentUser;
import dev.realtime.contracts.admin.ReceiptView;
import jakarta.annotation.security.PermitAll;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The notifications that have to be confirmed, newest first, and who has confirmed one of them. The address holds the
 * open one and which of its people are shown.
 */
@PermitAll
@StyleSheet("connections.css")
@StyleSheet("notification.css")
@StyleSheet("receipts.css")
@StyleSheet("running-time.css")
@Route(value = ReceiptsView.PATH, layout = MainLayout.class)
public final class ReceiptsView extends Div implements HasDynamicTitle, AfterNavigationObserver {

    static final String PATH = "receipts";

    private static final long serialVersionUID = 1L;

    private static final int PAGE = 30;

    private final ReceiptTable table;
    private final TableWithDetail layout;
    private final transient AdminApi api;
    private final transient ConsoleUser user = CurrentUser.get();
    private final transient Times times = Times.of(UI.getCurrent());
    private final transient PageBudget budget = PageBudget.ofSession(PATH);
    private volatile @Nullable ReceiptPanel detail;
    private final DetailHistory history = new DetailHistory(PATH);
    private final transient Refreshes refreshes = new Refreshes();

    public ReceiptsView(AdminApi api, Live live) {
        this.api = api;
        addClassNames("view", "view-fill", "connections", "receipts");
        table = new ReceiptTable(times, this::choose, this::focusDetail);
        ListState state = new ListState(table, getTranslation("receipts.none"));
        NewestRows<ReceiptView> rows = new NewestRows<>(
                table,
                state,
                ReceiptView::id,
                budget,
                place -> api.receipts(user, Query.none().with("before", place).with("count", PAGE)));
        layout = new TableWithDetail(table, getTranslation("receipts.one"), "20rem", "29rem", this::closeDetail);
        Div tools = new Div(rows.olderButton());
        tools.addClassName("tools");
        add(state, layout, tools);
        refreshes.frequent(rows::refresh).frequent(this::refreshDetail);
        WindowWidth.tell(this, table::fit);
        live.tell(this, refreshes);
    }

    private @Nullable Runnable refreshDetail() {
        ReceiptPanel open = detail;
        return open == null ? () -> {} : open.refresh();
    }

    private void choose(@Nullable ReceiptView receipt) {
        if (receipt == null) {
            closeDetail();
        } else if (!receipt.id().equals(shownId())) {
            open(receipt.id(), Who.EVERYBODY).show(receipt);
            address();
        }
    }

    private ReceiptPanel open(String id, Who who) {
        ReceiptPanel opened = new ReceiptPanel(api, user, id, who, times, budget, this::address, this::closeDetail);
        opened.onShow(table::select);
        detail = opened;
        layout.open(opened);
        return opened;
    }

    private void focusDetail() {
        ReceiptPanel open = detail;
        if (open != null) {
            open.focusFirst();
        }
    }

    private void closeDetail() {
        if (detail != null) {
            detail = null;
            layout.close();
            address();
        }
    }

    /** The open receipt's id; empty if none is open. */
    private String shownId() {
        ReceiptPanel open = detail;
        return open == null ? "" : open.shownId();
    }

    private void address() {
        getUI().ifPresent(ui -> history.show(ui, state(), detail != null));
    }

    private Map<String, String> state() {
        ReceiptPanel open = detail;
        Map<String, String> state = new LinkedHashMap<>();
        if (open != null) {
            state.put("receipt", open.shownId());
            state.put("people", open.who().inAddress());
        }
        return state;
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        var parameters = event.getLocation().getQueryParameters();
        String receipt = Address.value(parameters, "receipt");
        Who who = Who.of(Address.value(parameters, "people"));
        ReceiptPanel open = detail;
        if (receipt.isEmpty()) {
            if (open != null) {
                detail = null;
                layout.close();
            }
        } else if (open != null && receipt.equals(open.shownId())) {
            open.choose(who);
        } else {
            open(receipt, who);
        }
        history.arrived(state(), detail != null);
    }

    @Override
    public String getPageTitle() {
        return getTranslation("frame.receipts");
    }
}
