package dev.realtime.console.receipts;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.Address;
import dev.realtime.console.parts.Facts;
import dev.realtime.console.parts.NotificationCard;
import dev.realtime.console.parts.PageBudget;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.admin.ReceiptView;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One receipt, updated while open: to whom it was written, what was done since then, and who has confirmed. */
final class ReceiptPanel extends Section {

    private static final long serialVersionUID = 1L;

    private final transient Times times;
    private final H2 title = new H2();
    private final Button close = new Button(VaadinIcon.CLOSE.create());
    private final ProgressBar bar = new ProgressBar();
    private final Div card = new Div();
    private final Facts facts = new Facts();
    private final Div links = new Div();
    private final RadioButtonGroup<Who> who = new RadioButtonGroup<>();
    private final ReceiptPeople people;
    private transient @Nullable ReceiptView shown;
    private transient Consumer<ReceiptView> onShow = receipt -> {};
    private final String id;

    /**
     * @param id the receipt's id
     * @param these which people are shown at first
     * @param changed called when a person chooses which people are shown
     * @param onClose closes the details
     */
    ReceiptPanel(
            AdminApi api,
            ConsoleUser user,
            String id,
            Who these,
            Times times,
            PageBudget budget,
            Runnable changed,
            Runnable onClose) {
        this.id = id;
        this.times = times;
        addClassNames("detail", "receipt-detail");
        title.setId("receipt-title");
        getElement().setAttribute("aria-labelledby", "receipt-title");
        close.addThemeVariants(ButtonVariant.TERTIARY);
        close.setAriaLabel(getTranslation("receipts.close"));
        close.addClickListener(click -> onClose.run());
        bar.getElement().setAttribute("aria-hidden", "true");
        links.addClassName("detail-links");
        who.setAriaLabel(getTranslation("receipts.who"));
        who.addClassName("receipt-who");
        who.setItems(Who.values());
        who.setValue(these);
        who.setItemLabelGenerator(each -> getTranslation(
                switch (each) {
                    case EVERYBODY -> "receipts.who-everybody";
                    case NOT_CONFIRMED -> "receipts.who-waiting";
                    case CONFIRMED -> "receipts.who-confirmed";
                }));
        people = new ReceiptPeople(api, user, id, times, budget, this::show);
        people.show(these);
        who.addValueChangeListener(change -> {
            people.show(change.getValue());
            if (change.isFromClient()) {
                changed.run();
            }
        });
        Div head = new Div(title, close);
        head.addClassName("detail-head");
        title.setText(getTranslation("receipts.one"));
        add(head, bar, card, facts, links, who, people.state(), people);
        known(false);
    }

    /** The receipt's id. */
    String shownId() {
        return id;
    }

    Who who() {
        return who.getValue();
    }

    void choose(Who these) {
        who.setValue(these);
    }

    /** Adds a listener that is called when the receipt is known. */
    void onShow(Consumer<ReceiptView> listener) {
        onShow = listener;
    }

    void focusFirst() {
        close.focus();
    }

    /** Call without the session's lock. */
    @Nullable
    Runnable refresh() {
        return people.refresh();
    }

    private void known(boolean known) {
        bar.setVisible(known);
        card.setVisible(known);
        facts.getElement().setVisible(known);
        links.setVisible(known);
        who.setVisible(known);
    }

    void show(ReceiptView receipt) {
        if (receipt.equals(shown)) {
            return;
        }
        boolean first = shown == null;
        shown = receipt;
        known(true);
        title.setText(ReceiptWords.standing(this, receipt));
        title.setClassName(ReceiptWords.Standing.of(receipt).css());
        bar.setMax(Math.max(1, receipt.users()));
        bar.setValue(Math.min(receipt.confirmed(), bar.getMax()));
        fact("sent", ReceiptWords.sent(receipt, times));
        fact("to", ReceiptWords.rooms(this, receipt.rooms()));
        fact("written", ReceiptWords.written(this, receipt));
        fact("reminder", ReceiptWords.reminder(this, receipt, times));
        fact("escalation", ReceiptWords.escalation(this, receipt, times));
        if (first) {
            card.removeAll();
            card.add(new NotificationCard(ReceiptWords.notification(receipt)));
            links.removeAll();
            links.add(new Anchor(Address.link("events", Map.of("id", receipt.id())), getTranslation("receipts.event")));
            onShow.accept(receipt);
        }
    }

    private void fact(String key, String value) {
        facts.set(getTranslation("receipts.fact-" + key), value);
    }
}
