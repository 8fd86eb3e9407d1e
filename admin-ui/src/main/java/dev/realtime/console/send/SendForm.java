package dev.realtime.console.send;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.live.Live;
import dev.realtime.console.parts.Suggestions;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.ConnectionStats;
import dev.realtime.contracts.admin.AdminRole;
import dev.realtime.contracts.admin.Audience;
import dev.realtime.contracts.admin.NotificationAction;
import dev.realtime.contracts.admin.NotificationSent;
import java.util.Objects;
import java.util.Set;

/** The form of a notification. For users who may not send, it is read-only and tells why. */
final class SendForm extends Section {

    private static final long serialVersionUID = 1L;

    private final AdminApi api;
    private final ConsoleUser user;
    private final Runnable sentOne;
    private final AudienceFields audience;
    private final LiveReach reach;
    private final MessageFields message = new MessageFields();
    private final ConfirmFields confirm;
    private final Progress progress;
    private final ReceiptLine receipt;
    private final Button send = new Button();

    /** @param sentOne called after sending */
    SendForm(AdminApi api, ConsoleUser user, Live live, Runnable sentOne) {
        this.api = api;
        this.user = user;
        this.sentOne = sentOne;
        addClassNames("card", "send-form");
        ConnectionStats totals = live.moment().service().connections();
        reach = new LiveReach(api, user, live);
        progress = new Progress(api, user, live);
        receipt = new ReceiptLine(api, user, live);
        Suggestions suggestions = new Suggestions(api, user);
        confirm = new ConfirmFields(suggestions);
        audience = new AudienceFields(
                suggestions, totals == null ? Set.of() : totals.byRole().keySet(), this::choose);
        send.setText(getTranslation("send.look"));
        send.setIcon(VaadinIcon.PAPERPLANE.create());
        send.addThemeVariants(ButtonVariant.PRIMARY);
        send.addClickListener(click -> look());
        Div foot = new Div(send);
        foot.addClassName("send-foot");
        add(
                new H2(getTranslation("send.to")),
                audience,
                reach,
                new H2(getTranslation("send.what")),
                message,
                confirm,
                progress,
                receipt,
                foot);
        if (!user.may(AdminRole.OPERATOR_ADMIN)) {
            Paragraph why = new Paragraph(getTranslation("send.not-allowed"));
            why.addClassName("send-why");
            addComponentAsFirst(why);
            audience.disable();
            message.disable();
            confirm.disable();
            send.setEnabled(false);
            reach.setVisible(false);
        }
    }

    private void choose() {
        reach.want(user.may(AdminRole.OPERATOR_ADMIN) ? audience.value() : Audiences.NOBODY);
    }

    /** Selects the audience. */
    void show(Audience to) {
        audience.show(to);
    }

    /** Fills the form from a sent notification. */
    void show(Sent sent) {
        audience.show(sent.audience());
        message.show(sent.notification());
        confirm.show(sent.confirmation());
        message.focusMessage();
        getElement().executeJs("this.scrollIntoView({block: 'start', behavior: 'smooth'})");
    }

    private void look() {
        Audience to = audience.value();
        // All errors at once, each at its field; the focus goes to the first one.
        boolean asks = confirm.isValid();
        boolean said = message.isValid();
        if (audience.isInvalid()) {
            audience.focusFirst();
        } else if (Audiences.isNobody(to)) {
            audience.missing();
        } else if (said && asks) {
            NotificationAction action =
                    new NotificationAction(to, message.notification(), message.reason(), confirm.value());
            new ConfirmSend(api, user, action, sent -> sent(action, sent)).ask();
        }
    }

    private void sent(NotificationAction action, NotificationSent sent) {
        message.clear();
        confirm.show(null);
        progress.follow(sent);
        receipt.follow(action.confirm() == null ? "" : Objects.requireNonNullElse(sent.id(), ""));
        sentOne.run();
    }
}
