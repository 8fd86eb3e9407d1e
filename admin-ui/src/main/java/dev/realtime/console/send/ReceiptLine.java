package dev.realtime.console.send;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import dev.realtime.console.live.Live;
import dev.realtime.console.live.Moment;
import dev.realtime.console.parts.Address;
import dev.realtime.console.parts.RoomWords;
import dev.realtime.console.parts.Words;
import dev.realtime.console.receipts.ReceiptWords;
import dev.realtime.console.receipts.ReceiptWords.Standing;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.admin.ReceiptDetail;
import dev.realtime.contracts.admin.ReceiptView;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How many have confirmed the last notification, and the names of some who have not, with a link to its receipt. */
final class ReceiptLine extends Div {

    private static final long serialVersionUID = 1L;

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int NAMES = 5;
    private static final Query WAITING = Query.none().with("confirmed", false).page(0, NAMES);

    private final AdminApi api;
    private final ConsoleUser user;
    private final Span words = new Span();
    private final Span names = new Span();
    private final Anchor link = new Anchor();
    private volatile String id = "";
    private volatile boolean known;
    private Instant asked = Instant.EPOCH;

    ReceiptLine(AdminApi api, ConsoleUser user, Live live) {
        this.api = api;
        this.user = user;
        addClassName("receipt-line");
        words.getElement().setAttribute("role", "status");
        names.addClassName("quiet");
        link.setText(getTranslation("send.receipt"));
        add(words, names, link);
        setVisible(false);
        live.tell(this, this::ask);
    }

    /** @param receipt the notification's id; empty if nobody has to confirm it */
    void follow(String receipt) {
        id = receipt;
        known = false;
        words.setClassName("");
        words.setText(getTranslation("send.loading"));
        names.setText("");
        link.setHref(Address.link("receipts", Map.of("receipt", receipt)));
        setVisible(!receipt.isEmpty());
    }

    private @Nullable Runnable ask(Moment moment) {
        String receipt = id;
        if (receipt.isEmpty() || known && moment.now().isBefore(asked.plus(PAUSE))) {
            return null;
        }
        asked = moment.now();
        try {
            ReceiptDetail found = api.receipt(user, receipt, WAITING);
            return () -> showIf(receipt, () -> show(found));
        } catch (ServiceAwayException | RefusedException e) {
            // What is known stays; the frame reports an outage.
            return known ? null : () -> showIf(receipt, () -> words.setText(Words.reason(this, e)));
        }
    }

    private void showIf(String receipt, Runnable change) {
        if (receipt.equals(id)) {
            change.run();
        }
    }

    private void show(ReceiptDetail found) {
        known = true;
        ReceiptView receipt = found.receipt();
        words.setText(ReceiptWords.standing(this, receipt));
        words.setClassName(Standing.of(receipt).css());
        int more = found.page().matching() - found.users().size();
        String some = found.users().stream()
                .map(each -> RoomWords.person(each.userId()))
                .collect(Collectors.joining(", "));
        names.setText(
                some.isEmpty() ? "" : getTranslation("send.not-confirmed", some + (more > 0 ? " … +" + more : "")));
    }
}
