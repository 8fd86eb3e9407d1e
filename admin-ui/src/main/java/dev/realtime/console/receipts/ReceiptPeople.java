package dev.realtime.console.receipts;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.data.renderer.LitRenderer;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.Address;
import dev.realtime.console.parts.ListState;
import dev.realtime.console.parts.PageBudget;
import dev.realtime.console.parts.PagedRows;
import dev.realtime.console.parts.PagedRows.Answer;
import dev.realtime.console.parts.RoomWords;
import dev.realtime.console.parts.RowsState;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.admin.ReceiptDetail;
import dev.realtime.contracts.admin.ReceiptUser;
import dev.realtime.contracts.admin.ReceiptView;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The people to whom a notification was written, those first who have not confirmed it. */
final class ReceiptPeople extends Grid<ReceiptUser> {

    private static final long serialVersionUID = 1L;

    private final transient PagedRows<ReceiptUser> rows;
    private final RowsState state;
    private transient volatile @Nullable ReceiptView answered;

    /**
     * @param id the receipt's id
     * @param receipt called with the receipt that came with the people
     */
    ReceiptPeople(
            AdminApi api, ConsoleUser user, String id, Times times, PageBudget budget, Consumer<ReceiptView> receipt) {
        addClassName("receipt-people");
        setAriaLabel(getTranslation("receipts.people"));
        addThemeVariants(GridVariant.NO_BORDER);
        setSelectionMode(SelectionMode.NONE);
        addColumn(LitRenderer.<ReceiptUser>of("""
                        <a class="person" href="${item.link}"><b>${item.name}</b>\
                        <span class="quiet">${item.id}</span></a>""")
                        .withProperty("name", each -> RoomWords.person(each.userId()))
                        .withProperty("id", ReceiptPeople::idBesideName)
                        .withProperty("link", each -> Address.link("people", Map.of("person", each.userId()))))
                .setHeader(getTranslation("receipts.person"))
                .setFlexGrow(1)
                .setWidth("8rem");
        addColumn(each -> times.brief(each.writtenAt()))
                .setHeader(getTranslation("receipts.written-at"))
                .setKey("writtenAt")
                .setSortProperty("writtenAt")
                .setSortable(true)
                .setFlexGrow(0)
                .setWidth("7.5rem");
        addColumn(LitRenderer.<ReceiptUser>of("<span class=\"${item.css}\">${item.words}</span>")
                        .withProperty("css", each -> each.confirmedAt() == null ? "not-confirmed" : "confirmed")
                        .withProperty("words", each -> ReceiptWords.confirmed(this, each.confirmedAt(), times)))
                .setHeader(getTranslation("receipts.confirmed-at"))
                .setKey("confirmedAt")
                .setSortProperty("confirmedAt")
                .setSortable(true)
                .setFlexGrow(0)
                .setWidth("8rem");
        rows = new PagedRows<>(this, ReceiptUser::userId, null, budget, query -> {
            ReceiptDetail found = api.receipt(user, id, query);
            answered = found.receipt();
            return new Answer<>(found.users(), found.page().matching());
        });
        state = new RowsState(this, getTranslation("receipts.no-people"), rows);
        rows.onCount(count -> {
            state.answered();
            ReceiptView found = answered;
            if (found != null) {
                receipt.accept(found);
            }
        });
    }

    private static String idBesideName(ReceiptUser each) {
        return RoomWords.person(each.userId()).equals(each.userId()) ? "" : each.userId();
    }

    ListState state() {
        return state;
    }

    void show(Who who) {
        rows.filter(who.query());
    }

    /** Call without the session's lock. */
    @Nullable
    Runnable refresh() {
        return state.refresh();
    }
}
