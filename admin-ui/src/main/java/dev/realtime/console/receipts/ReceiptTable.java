package dev.realtime.console.receipts;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.data.renderer.Renderer;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.EnterKey;
import dev.realtime.console.parts.Severity;
import dev.realtime.contracts.admin.ReceiptView;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table of receipts: when, what, and how it stands. */
final class ReceiptTable extends Grid<ReceiptView> {

    private static final long serialVersionUID = 1L;

    private static final int NARROW = 700;

    private final transient Times times;

    /**
     * @param choose called with the receipt that a person selects; null if they select none
     * @param enter called when a person opens a receipt by the keyboard
     */
    ReceiptTable(Times times, Consumer<@Nullable ReceiptView> choose, Runnable enter) {
        this.times = times;
        addClassName("receipts-table");
        setSizeFull();
        addThemeVariants(GridVariant.NO_BORDER);
        setAriaLabel(getTranslation("frame.receipts"));
        setSelectionMode(SelectionMode.SINGLE);
        column("at", text(receipt -> times.brief(receipt.at())))
                .setWidth("11rem")
                .setFlexGrow(0);
        column("message", message()).setWidth("9rem").setFlexGrow(3);
        column("standing", standing()).setWidth("13rem").setFlexGrow(1);
        asSingleSelect().addValueChangeListener(chosen -> {
            if (chosen.isFromClient()) {
                choose.accept(chosen.getValue());
            }
        });
        EnterKey.opens(this, receipt -> {
            choose.accept(receipt);
            enter.run();
        });
    }

    private Column<ReceiptView> column(String key, Renderer<ReceiptView> renderer) {
        return addColumn(renderer).setKey(key).setHeader(getTranslation("receipts." + key));
    }

    private static Renderer<ReceiptView> text(Function<ReceiptView, String> text) {
        return LitRenderer.<ReceiptView>of("<span title=\"${item.text}\">${item.text}</span>")
                .withProperty("text", text::apply);
    }

    private Renderer<ReceiptView> message() {
        return LitRenderer.<ReceiptView>of("""
                        <span class="receipt-message severity severity-${item.severity}" title="${item.message}">\
                        ${item.message}</span><span class="receipt-to quiet">${item.to}</span>""")
                .withProperty(
                        "severity",
                        receipt -> Severity.of(
                                        ReceiptWords.notification(receipt).get("severity"))
                                .code())
                .withProperty("message", ReceiptWords::message)
                .withProperty("to", receipt -> ReceiptWords.rooms(this, receipt.rooms()));
    }

    private Renderer<ReceiptView> standing() {
        return LitRenderer.<ReceiptView>of("""
                        <span class="receipt-standing ${item.css}">${item.words}</span>\
                        <span class="receipt-next quiet">${item.next}</span>""")
                .withProperty(
                        "css", receipt -> ReceiptWords.Standing.of(receipt).css())
                .withProperty("words", receipt -> ReceiptWords.standing(this, receipt))
                .withProperty("next", receipt -> ReceiptWords.next(this, receipt, times));
    }

    /** Shows the columns that fit a window of that width in pixels. */
    void fit(int width) {
        boolean narrow = width > 0 && width < NARROW;
        Objects.requireNonNull(getColumnByKey("at")).setWidth(narrow ? "5.5rem" : "11rem");
        Objects.requireNonNull(getColumnByKey("standing")).setWidth(narrow ? "8.5rem" : "13rem");
        Objects.requireNonNull(getColumnByKey("message")).setWidth(narrow ? "7rem" : "9rem");
    }
}
