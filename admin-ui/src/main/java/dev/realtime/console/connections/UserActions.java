package dev.realtime.console.connections;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.parts.Outcome;
import dev.realtime.console.parts.ReasonDialog;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.admin.ActionResult;
import dev.realtime.contracts.admin.AdminRole;
import dev.realtime.contracts.admin.Reason;
import java.util.function.Function;

/** An administrator's actions on a user: close all sockets, block. Empty for other users of the console. */
public final class UserActions extends Div {

    private static final long serialVersionUID = 1L;

    private String userKey = "";
    private String name = "";

    /** @param done called after an action */
    public UserActions(AdminApi api, ConsoleUser user, Runnable done) {
        addClassName("user-actions");
        if (!user.may(AdminRole.ADMIN)) {
            setVisible(false);
            return;
        }
        Button closeUser = new Button(getTranslation("connections.close-user"), VaadinIcon.USER.create());
        Button block = new Button(getTranslation("connections.block"), VaadinIcon.BAN.create());
        closeUser.addClickListener(click -> ask(
                this,
                getTranslation("connections.close-user-title", name),
                getTranslation("connections.close-user-means", name, userKey),
                getTranslation("connections.close-user"),
                done,
                reason -> api.closeUser(user, userKey, new Reason(reason))));
        block.addClickListener(click -> new BlockDialog(api, user, userKey, name, done).open());
        closeUser.addThemeVariants(ButtonVariant.ERROR);
        block.addThemeVariants(ButtonVariant.ERROR);
        add(closeUser, block);
    }

    /**
     * Sets whom the actions concern.
     *
     * @param userKey the user's id as text
     * @param name what the user is called in questions and messages
     */
    public void of(String userKey, String name) {
        this.userKey = userKey;
        this.name = name;
    }

    /** Asks for a reason, acts, and tells the outcome. */
    static void ask(
            Component of,
            String title,
            String means,
            String confirm,
            Runnable done,
            Function<String, ActionResult> action) {
        new ReasonDialog(
                        title,
                        means,
                        confirm,
                        reason -> new ReasonDialog.Task<>(() -> action.apply(reason), result -> {
                            done.run();
                            return of.getTranslation("connections.done", Outcome.words(of, result));
                        }))
                .open();
    }
}
