package dev.realtime.service.admin;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.contracts.admin.ActionResult;
import dev.realtime.contracts.admin.BlockAction;
import dev.realtime.contracts.admin.Reason;
import dev.realtime.contracts.admin.RoomAction;
import dev.realtime.service.admin.Audited.Action;
import dev.realtime.service.admin.Audited.Outcome;
import dev.realtime.service.admin.SocketActions.Order;
import dev.realtime.service.blocks.Block;
import dev.realtime.service.blocks.BlockList;
import dev.realtime.service.control.Answers;
import dev.realtime.service.control.ControlBus;
import dev.realtime.service.presence.Presence;
import dev.realtime.service.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Ends sockets, moves them between rooms, and blocks users: on whichever instances they are. */
@RestController
@RequestMapping("/api/v1/admin")
class SocketsController {

    private final Audited audited;
    private final ControlBus control;
    private final Presence presence;
    private final BlockList blocks;

    SocketsController(Audited audited, ControlBus control, Presence presence, BlockList blocks) {
        this.audited = audited;
        this.control = control;
        this.presence = presence;
        this.blocks = blocks;
    }

    @PostMapping("/connections/{socketId}/close")
    ActionResult closeSocket(@PathVariable String socketId, @RequestBody Reason body, HttpServletRequest request) {
        String reason = Inputs.reason(body.reason());
        Action action = new Action(SocketActions.CLOSE_SOCKET, socketId, reason, who(socketId));
        return audited.perform(
                request, action, id -> done(id, SocketActions.CLOSE_SOCKET, Order.socket(socketId, reason), null));
    }

    @PostMapping("/users/{userId}/close")
    ActionResult closeUser(@PathVariable String userId, @RequestBody Reason body, HttpServletRequest request) {
        String userKey = Inputs.userKey(userId);
        String reason = Inputs.reason(body.reason());
        Action action = new Action(SocketActions.CLOSE_USER, userKey, reason, Map.of());
        return audited.perform(
                request, action, id -> done(id, SocketActions.CLOSE_USER, Order.user(userKey, reason), null));
    }

    @PostMapping("/connections/{socketId}/join")
    ActionResult join(@PathVariable String socketId, @RequestBody RoomAction body, HttpServletRequest request) {
        return move(SocketActions.JOIN_ROOM, socketId, body, request);
    }

    @PostMapping("/connections/{socketId}/leave")
    ActionResult leave(@PathVariable String socketId, @RequestBody RoomAction body, HttpServletRequest request) {
        return move(SocketActions.LEAVE_ROOM, socketId, body, request);
    }

    private ActionResult move(String name, String socketId, RoomAction body, HttpServletRequest request) {
        Room room = Inputs.joinable(body.room());
        if (name.equals(SocketActions.LEAVE_ROOM) && isOwn(socketId, room)) {
            throw new ProblemException(
                    ErrorCode.ROOM_FORBIDDEN, "Nobody leaves the room that notifications to the user go to.");
        }
        String reason = Inputs.reason(body.reason());
        Map<String, Object> details = who(socketId);
        details.put("room", room.toString());
        return audited.perform(
                request,
                new Action(name, socketId, reason, details),
                id -> done(id, name, Order.room(socketId, room), null));
    }

    private boolean isOwn(String socketId, Room room) {
        return presence.view()
                .socket(socketId)
                .filter(socket -> Room.user(socket.userKey()).equals(room))
                .isPresent();
    }

    @GetMapping("/blocks")
    List<Block> blocks() {
        return blocks.blocks();
    }

    @PostMapping("/users/{userId}/block")
    ActionResult block(@PathVariable String userId, @RequestBody BlockAction body, HttpServletRequest request) {
        String userKey = Inputs.userKey(userId);
        Duration duration = Duration.ofSeconds(Inputs.number("seconds", body.seconds(), 1, BlockAction.LONGEST));
        String reason = Inputs.reason(body.reason());
        Action action = new Action("block", userKey, reason, Map.of("seconds", duration.toSeconds()));
        return audited.perform(request, action, id -> {
            Block block = blocks.enter(userKey, duration)
                    .orElseThrow(() -> new ProblemException(
                            ErrorCode.OVERLOADED, BlockList.MOST + " users are blocked; no more can be."));
            return done(
                    id,
                    SocketActions.BLOCKS_CHANGED,
                    Order.user(userKey, reason),
                    block.until().toString());
        });
    }

    @PostMapping("/users/{userId}/unblock")
    ActionResult unblock(@PathVariable String userId, @RequestBody Reason body, HttpServletRequest request) {
        String userKey = Inputs.userKey(userId);
        String reason = Inputs.reason(body.reason());
        return audited.perform(request, new Action("unblock", userKey, reason, Map.of()), id -> {
            if (!blocks.remove(userKey)) {
                throw new ProblemException(ErrorCode.NOT_FOUND, "This user is not blocked.");
            }
            return done(id, SocketActions.BLOCKS_CHANGED, Order.user(userKey, reason), null);
        });
    }

    /** Has all instances do it; whom it is done to need not be there, except for one socket. */
    private Outcome<ActionResult> done(String auditId, String name, Order order, @Nullable String until) {
        Answers answers = control.ask(name, order);
        Map<String, Integer> byInstance = new TreeMap<>();
        answers.byInstance()
                .forEach((instance, result) ->
                        byInstance.put(instance, result.path("sockets").asInt()));
        int sockets = byInstance.values().stream().mapToInt(Integer::intValue).sum();
        List<String> silent = answers.silent().stream().sorted().toList();
        if (sockets == 0 && !order.socket().isEmpty() && silent.isEmpty()) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "There is no such socket, or it cannot be in that room.");
        }
        return new Outcome<>(
                new ActionResult(auditId, sockets, byInstance, silent, until),
                Map.of("sockets", sockets, "silent", silent));
    }

    /** Whose socket it is, for the audit: later nobody will know. */
    private Map<String, Object> who(String socketId) {
        Map<String, Object> details = new LinkedHashMap<>();
        presence.view().socket(socketId).map(SocketPresence::userKey).ifPresent(user -> details.put("user", user));
        return details;
    }
}
