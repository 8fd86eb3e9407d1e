package dev.realtime.console.connections;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.parts.RoomField;
import dev.realtime.console.parts.RoomWords;
import dev.realtime.console.parts.Suggestions;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.contracts.admin.ActionResult;
import dev.realtime.contracts.admin.AdminRole;
import dev.realtime.contracts.admin.Reason;
import dev.realtime.contracts.admin.RoomAction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An administrator's actions on a socket and its user. Other users see a hint that only administrators may act. */
final class SocketActions extends Div {

    private static final long serialVersionUID = 1L;

    private final transient AdminApi api;
    private final transient ConsoleUser user;
    private final transient Runnable done;
    private final RoomField room;
    private final Button join = new Button(getTranslation("connections.join"), VaadinIcon.SIGN_IN.create());
    private final Button close = new Button(getTranslation("connections.close"), VaadinIcon.CLOSE_CIRCLE.create());
    private final UserActions userActions;
    private transient @Nullable SocketPresence socket;

    /** @param done called after an action */
    SocketActions(AdminApi api, ConsoleUser user, Suggestions rooms, Runnable done) {
        this.api = api;
        this.user = user;
        this.done = done;
        addClassName("socket-actions");
        room = new RoomField(getTranslation("connections.join-room"), rooms);
        userActions = new UserActions(api, user, done);
        if (!mayAct()) {
            Span why = new Span(getTranslation("connections.admins-only"));
            why.addClassName("quiet");
            add(why);
            return;
        }
        join.addClickListener(click -> askToJoin());
        close.addClickListener(click -> with(this::askToClose));
        close.addThemeVariants(ButtonVariant.ERROR);
        Div joining = new Div(room, join);
        joining.addClassName("joining");
        Div ending = new Div(close, userActions);
        ending.addClassName("ending");
        add(joining, ending);
    }

    boolean mayAct() {
        return user.may(AdminRole.ADMIN);
    }

    /** @param there whether the socket is still connected; actions on its user are available in any case */
    void of(SocketPresence one, boolean there) {
        SocketPresence before = socket;
        if (before == null || !before.socketId().equals(one.socketId())) {
            room.clear();
            room.setInvalid(false);
        }
        socket = one;
        userActions.of(one.userKey(), SocketColumns.name(one));
        room.setEnabled(there);
        join.setEnabled(there);
        close.setEnabled(there);
    }

    private void with(java.util.function.Consumer<SocketPresence> action) {
        if (socket != null) {
            action.accept(socket);
        }
    }

    private void askToJoin() {
        String typed = room.getValue() == null ? "" : room.getValue().strip();
        try {
            Room target = Room.parse(typed);
            boolean byIdentity = target.kind().isByIdentity();
            room.refuse(byIdentity ? getTranslation("connections.room-by-identity") : "");
            if (!byIdentity) {
                with(one -> ask(
                        getTranslation("connections.join-title", RoomWords.of(this, target)),
                        getTranslation("connections.join-means", SocketColumns.name(one), RoomWords.of(this, target)),
                        getTranslation("connections.join"),
                        reason -> api.join(user, one.socketId(), new RoomAction(target.toString(), reason))));
            }
        } catch (InvalidRoomException e) {
            room.refuse(getTranslation("parts.wrong-room"));
            room.focus();
        }
    }

    /** A button that removes the socket from a room. */
    Component leave(SocketPresence one, Room left) {
        Button leave = new Button(VaadinIcon.CLOSE_SMALL.create());
        leave.addThemeVariants(ButtonVariant.TERTIARY);
        leave.addClassName("leave");
        leave.setAriaLabel(getTranslation("connections.leave-title", RoomWords.of(this, left)));
        leave.setTooltipText(getTranslation("connections.leave-title", RoomWords.of(this, left)));
        leave.addClickListener(click -> ask(
                getTranslation("connections.leave-title", RoomWords.of(this, left)),
                getTranslation("connections.leave-means", SocketColumns.name(one), RoomWords.of(this, left)),
                getTranslation("connections.leave"),
                reason -> api.leave(user, one.socketId(), new RoomAction(left.toString(), reason))));
        return leave;
    }

    private void askToClose(SocketPresence one) {
        ask(
                getTranslation("connections.close-title"),
                getTranslation("connections.close-means", SocketColumns.name(one)),
                getTranslation("connections.close"),
                reason -> api.closeSocket(user, one.socketId(), new Reason(reason)));
    }

    private void ask(String title, String means, String confirm, Function<String, ActionResult> action) {
        UserActions.ask(this, title, means, confirm, done, action);
    }
}
