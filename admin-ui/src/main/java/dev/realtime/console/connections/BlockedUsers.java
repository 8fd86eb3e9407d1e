package dev.realtime.console.connections;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.BlockedUser;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.Errand;
import dev.realtime.console.parts.Outcome;
import dev.realtime.console.parts.ReasonDialog;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.admin.AdminRole;
import dev.realtime.contracts.admin.Reason;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A button with the number of blocked users. Opens their list, in which administrators can unblock them. */
final class BlockedUsers extends Button {

    private static final long serialVersionUID = 1L;

    private final transient AdminApi api;
    private final transient ConsoleUser user;
    private final transient Errand errand = new Errand(this);
    private @Nullable Grid<BlockedUser> list;

    BlockedUsers(AdminApi api, ConsoleUser user) {
        this.api = api;
        this.user = user;
        setIcon(VaadinIcon.BAN.create());
        setText(getTranslation("connections.blocked"));
        addClickListener(click -> openList());
    }

    /** Requests the blocked users. Call without the session's lock. */
    Runnable refresh() {
        List<BlockedUser> blocked = api.blocks(user);
        return () -> show(blocked);
    }

    private void show(List<BlockedUser> blocked) {
        setText(
                blocked.isEmpty()
                        ? getTranslation("connections.blocked")
                        : getTranslation("connections.blocked-count", blocked.size()));
        toggleClassName("some-blocked", !blocked.isEmpty());
        if (list != null) {
            list.setItems(blocked.stream()
                    .sorted(Comparator.comparing(BlockedUser::until))
                    .toList());
        }
    }

    private void toggleClassName(String name, boolean there) {
        getElement().getClassList().set(name, there);
    }

    private void openList() {
        Dialog opened = new Dialog(getTranslation("connections.blocked"));
        Grid<BlockedUser> blocked = new Grid<>();
        blocked.setEmptyStateText(getTranslation("connections.blocked-none"));
        blocked.setAllRowsVisible(false);
        Times times = Times.of(getUI().orElseThrow());
        blocked.addColumn(BlockedUser::userKey)
                .setHeader(getTranslation("connections.user"))
                .setFlexGrow(1)
                .setWidth("6rem");
        blocked.addColumn(one -> times.brief(one.until()))
                .setHeader(getTranslation("connections.until"))
                .setFlexGrow(1)
                .setWidth("8rem");
        if (user.may(AdminRole.ADMIN)) {
            blocked.addComponentColumn(this::unblock).setFlexGrow(0).setWidth("10rem");
        }
        blocked.setSelectionMode(Grid.SelectionMode.NONE);
        blocked.setHeight("20rem");
        Button close = new Button(getTranslation("connections.close-list"), click -> opened.close());
        opened.add(blocked);
        opened.getFooter().add(close);
        opened.setWidth("32rem");
        opened.setMaxWidth("100%");
        opened.addOpenedChangeListener(change -> {
            if (!change.isOpened()) {
                list = null;
            }
        });
        list = blocked;
        opened.open();
        ask();
    }

    private Button unblock(BlockedUser one) {
        Button button = new Button(getTranslation("connections.unblock"));
        button.addThemeVariants(ButtonVariant.TERTIARY);
        button.setAriaLabel(getTranslation("connections.unblock-title", one.userKey()));
        button.addClickListener(click -> new ReasonDialog(
                        getTranslation("connections.unblock-title", one.userKey()),
                        getTranslation("connections.unblock-means"),
                        getTranslation("connections.unblock"),
                        reason -> new ReasonDialog.Task<>(
                                () -> api.unblock(user, one.userKey(), new Reason(reason)), result -> {
                                    ask();
                                    return getTranslation("connections.unblocked", one.userKey())
                                            + (result.silent().isEmpty() ? "" : " " + Outcome.words(this, result));
                                }))
                .open());
        return button;
    }

    private void ask() {
        errand.run(() -> api.blocks(user), this::show);
    }
}
