package dev.realtime.console.send;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.ServiceAwayException;
import dev.realtime.console.parts.Errand;
import dev.realtime.console.parts.NotificationCard;
import dev.realtime.console.parts.RoomTags;
import dev.realtime.console.parts.Spans;
import dev.realtime.console.parts.Words;
import dev.realtime.console.receipts.ReceiptWords;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.admin.AudiencePreview;
import dev.realtime.contracts.admin.ConfirmationRequest;
import dev.realtime.contracts.admin.NotificationAction;
import dev.realtime.contracts.admin.NotificationSent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The confirmation before sending: shows the notification and its current receivers. Sending to everybody requires an
 * additional tick. Sends only once, however often the button is pressed.
 */
final class ConfirmSend extends Dialog {

    private static final long serialVersionUID = 1L;
    private static final int MOST_ROOMS = 30;

    private final AdminApi api;
    private final ConsoleUser user;
    private final NotificationAction action;
    private final Consumer<NotificationSent> sent;
    private final Reach reach = new Reach();
    private final Checkbox sure = new Checkbox();
    private final Button send = new Button();
    private final Div problem = new Div();
    private final boolean everybody;
    private boolean counted;
    private boolean done;

    /** @param sent called after sending */
    ConfirmSend(AdminApi api, ConsoleUser user, NotificationAction action, Consumer<NotificationSent> sent) {
        this.api = api;
        this.user = user;
        this.action = action;
        this.sent = sent;
        var to = Objects.requireNonNull(action.to());
        everybody = Audiences.isEverybody(to);
        setHeaderTitle(getTranslation(everybody ? "send.confirm-everybody" : "send.confirm"));
        setWidth("32rem");
        setMaxWidth("100%");
        addClassName("confirm-send");
        Map<String, Object> notification = Objects.requireNonNull(action.notification());
        Div content = new Div(
                new NotificationCard(notification),
                new RoomTags(Audiences.rooms(to), MOST_ROOMS),
                reach,
                confirmation(action.confirm()),
                sure,
                problem);
        content.addClassName("confirm-content");
        problem.addClassName("confirm-problem");
        problem.getElement().setAttribute("role", "alert");
        sure.setVisible(everybody);
        sure.setLabel(getTranslation("send.sure-unknown"));
        sure.addValueChangeListener(change -> enable());
        add(content);
        Button cancel = new Button(getTranslation("reason.cancel"), click -> close());
        send.setText(getTranslation("send.now"));
        send.addThemeVariants(ButtonVariant.PRIMARY);
        if (everybody) {
            send.addThemeVariants(ButtonVariant.ERROR);
        }
        send.setDisableOnClick(true);
        send.addClickListener(click -> send());
        send.setEnabled(false);
        getFooter().add(cancel, send);
    }

    private Span confirmation(@Nullable ConfirmationRequest asked) {
        Integer within = asked == null ? null : asked.within();
        List<String> rooms = asked == null ? null : asked.escalateTo();
        Span words = new Span();
        words.setVisible(within != null);
        if (within != null) {
            String span = Spans.words(this, within);
            words.setText(
                    rooms == null
                            ? getTranslation("send.asks", span)
                            : getTranslation("send.asks-and-escalates", span, ReceiptWords.rooms(this, rooms)));
        }
        return words;
    }

    /** Opens the dialog and counts the receivers again. */
    void ask() {
        open();
        reach.show(getTranslation("send.counting"));
        new Errand(this)
                .run(
                        () -> api.preview(user, Objects.requireNonNull(action.to())),
                        this::show,
                        failure -> reach.show(Words.reason(this, failure)));
    }

    private void show(AudiencePreview preview) {
        counted = true;
        reach.show(preview);
        sure.setLabel(getTranslation("send.sure", preview.users()));
        enable();
    }

    private void enable() {
        send.setEnabled(counted && !done && (!everybody || sure.getValue()));
    }

    private void send() {
        if (done || !counted || everybody && !sure.getValue()) {
            return;
        }
        done = true;
        new Errand(this)
                .run(
                        () -> api.send(user, action),
                        result -> {
                            close();
                            sent.accept(result);
                        },
                        this::failed);
    }

    private void failed(RuntimeException failure) {
        if (failure instanceof ServiceAwayException) {
            // Whether the service got the notification is unknown, so this button must not send it again.
            problem.setText(getTranslation("send.unknown"));
        } else {
            done = false;
            problem.setText(Words.reason(this, failure));
            enable();
        }
    }
}
