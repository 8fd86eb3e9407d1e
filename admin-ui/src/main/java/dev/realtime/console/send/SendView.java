package dev.realtime.console.send;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.frame.MainLayout;
import dev.realtime.console.live.EventFeed;
import dev.realtime.console.live.Live;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.console.security.CurrentUser;
import dev.realtime.contracts.admin.AdminRole;
import dev.realtime.contracts.admin.Audience;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sends notifications. The address may name the audience by {@code room}, {@code user} and {@code role}, each any
 * number of times.
 */
@PermitAll
@StyleSheet("notification.css")
@StyleSheet("send.css")
@Route(value = "send", layout = MainLayout.class)
public final class SendView extends Div implements HasDynamicTitle, BeforeEnterObserver {

    private static final long serialVersionUID = 1L;

    private final SendForm form;
    private final SentHistory history;

    public SendView(AdminApi api, EventFeed feed, Live live) {
        this(api, feed, live, CurrentUser.get());
    }

    private SendView(AdminApi api, EventFeed feed, Live live, ConsoleUser user) {
        addClassNames("view", "send");
        form = new SendForm(api, user, live, this::sent);
        history = new SentHistory(
                new SentPages(api, user, feed), live, user.may(AdminRole.OPERATOR_ADMIN) ? form::show : null);
        add(form, history);
    }

    private void sent() {
        history.expect();
    }

    @Override
    public String getPageTitle() {
        return getTranslation("frame.send");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryParameters parameters = event.getLocation().getQueryParameters();
        List<String> printed = Stream.of(
                        parameters.getParameters("room").stream(),
                        parameters.getParameters("role").stream().map(role -> "role:" + role),
                        parameters.getParameters("user").stream().map(user -> "user:" + user))
                .flatMap(each -> each)
                .toList();
        Audience to = Audiences.ofRooms(printed);
        if (!Audiences.isNobody(to)) {
            form.show(to);
        }
    }
}
