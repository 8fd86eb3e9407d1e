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
import dev.realtime.service.blocks.Block;
import dev.realtime.service.blocks.BlockList;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.command.Answers;
import dev.realtime.service.cluster.command.Command;
import dev.realtime.service.cluster.command.CommandBus;
import dev.realtime.service.journal.Journal;
import dev.realtime.service.presence.Presence;
import dev.realtime.service.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Closes sockets, moves them between rooms, and blocks users, on whichever instance they are. */
@RestController
@RequestMapping("/api/v1/admin")
class SocketsController {

    private final Audited audited;
    private final CommandBus commands;
    private final Presence presence;
    private final BlockList blocks;
    private final Journal journal;
    private final ClusterClock clock;

    SocketsController(
            Audited audited,
            CommandBus commands,
            Presence presence,
            BlockList blocks,
            Journal journal,
            ClusterClock clock) {
        this.audited = audited;
        this.commands = commands;
        this.presence = presence;
        this.blocks = blocks;
        this.journal = journal;
        this.clock = clock;
    }

    @PostMapping("/connections/{socketId}/close")
    ActionResult closeSocket(@PathVariable String socketId, @RequestBody Reason body, HttpServletRequest request) {
        String reason = Inputs.reason(body.reason());
        Action action = new Action("close-socket", socketId, reason, who(socketId));
        return audited.perform(
                request, action, id -> toSocket(id, socketId, new Command.CloseSocket(socketId, reason)));
    }

    @PostMapping("/users/{userId}/close")
    ActionResult closeUser(@PathVariable String userId, @RequestBody Reason body, HttpServletRequest request) {
        String userKey = Inputs.userKey(userId);
        String reason = Inputs.reason(body.reason());
        Action action = new Action("close-user", userKey, reason, Map.of());
        return audited.perform(request, action, id -> {
            Set<String> instances = presence.view().instancesOf(userKey);
            return done(id, ask(instances, new Command.CloseUser(userKey, reason)), null);
        });
    }

    @PostMapping("/connections/{socketId}/join")
    ActionResult join(@PathVariable String socketId, @RequestBody RoomAction body, HttpServletRequest request) {
        return move("join-room", socketId, body, request, room -> new Command.JoinRoom(socketId, room));
    }

    @PostMapping("/connections/{socketId}/leave")
    ActionResult leave(@PathVariable String socketId, @RequestBody RoomAction body, HttpServletRequest request) {
        Room room = Inputs.joinable(body.room());
        if (isOwn(socketId, room)) {
            throw new ProblemException(
                    ErrorCode.ROOM_FORBIDDEN,
                    "A socket cannot leave the room of its user: notifications to the user go there.");
        }
        return move("leave-room", socketId, body, request, left -> new Command.LeaveRoom(socketId, left));
    }

    private ActionResult move(
            String name,
            String socketId,
            RoomAction body,
            HttpServletRequest request,
            Function<String, Command> command) {
        String room = Inputs.joinable(body.room()).toString();
        String reason = Inputs.reason(body.reason());
        Map<String, Object> details = who(socketId);
        details.put("room", room);
        return audited.perform(
                request,
                new Action(name, socketId, reason, details),
                id -> toSocket(id, socketId, command.apply(room)));
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
                            ErrorCode.OVERLOADED,
                            "The limit of " + BlockList.MOST + " blocked users is reached; end a block first."));
            long until = block.until().toEpochMilli();
            journal.block(userKey, until - duration.toMillis(), until);
            return done(
                    id,
                    commands.askAll(new Command.BlocksChanged(userKey)),
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
            journal.block(userKey, clock.millis(), clock.millis());
            return done(id, commands.askAll(new Command.BlocksChanged(userKey)), null);
        });
    }

    /** Sends the command to the socket's instance. */
    private Outcome<ActionResult> toSocket(String auditId, String socketId, Command command) {
        Set<String> instances = presence.view()
                .socket(socketId)
                .map(SocketPresence::instance)
                .map(Set::of)
                .orElse(Set.of());
        Outcome<ActionResult> outcome = done(auditId, ask(instances, command), null);
        if (outcome.answer().sockets() == 0 && outcome.answer().silent().isEmpty()) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "There is no such socket, or it cannot be in that room.");
        }
        return outcome;
    }

    /**
     * Sends the command to these instances. If none is known, to all: only its own instance knows a socket that has
     * just connected.
     */
    private Answers ask(Set<String> instances, Command command) {
        return instances.isEmpty() ? commands.askAll(command) : commands.ask(instances, command);
    }

    private static Outcome<ActionResult> done(String auditId, Answers answers, @Nullable String until) {
        Map<String, Integer> byInstance = new TreeMap<>();
        answers.byInstance()
                .forEach((instance, result) ->
                        byInstance.put(instance, result.path("sockets").asInt()));
        int sockets = byInstance.values().stream().mapToInt(Integer::intValue).sum();
        List<String> silent = answers.silent().stream().sorted().toList();
        return new Outcome<>(
                new ActionResult(auditId, sockets, byInstance, silent, until),
                Map.of("sockets", sockets, "silent", silent));
    }

    /** The socket's user, for the audit: it cannot be looked up once the socket is gone. */
    private Map<String, Object> who(String socketId) {
        Map<String, Object> details = new LinkedHashMap<>();
        presence.view().socket(socketId).map(SocketPresence::userKey).ifPresent(user -> details.put("user", user));
        return details;
    }
}
