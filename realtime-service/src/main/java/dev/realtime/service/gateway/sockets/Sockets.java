package dev.realtime.service.gateway.sockets;

import dev.realtime.contracts.CloseCode;
import dev.realtime.contracts.Room;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * This instance's sockets with an identity, by id and by user. Changes to a socket run in its mailbox, after the
 * packets that the client sent before, and the returned futures complete afterwards. Thread-safe; never blocks, and
 * finds a socket without iterating over all of them.
 */
@Component
public final class Sockets {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<UUID, IdentifiedSocket> byId = new ConcurrentHashMap<>();

    /** Lists are replaced, never modified. They are short: a user has a handful of sockets. */
    private final Map<String, List<IdentifiedSocket>> byUser = new ConcurrentHashMap<>();

    private final RoomChanges rooms;

    Sockets(RoomChanges rooms) {
        this.rooms = rooms;
    }

    /**
     * Adds a socket with an identity; the user stays the same until the socket leaves. A recovered socket has its
     * predecessor's id; of several sockets with one id, the open one is found.
     */
    void enter(IdentifiedSocket socket) {
        byId.merge(socket.id(), socket, (known, fresh) -> fresh.isOpen() ? fresh : known);
        byUser.merge(socket.identity().userKey(), List.of(socket), (known, fresh) -> {
            List<IdentifiedSocket> all = new ArrayList<>(known);
            all.addAll(fresh);
            return List.copyOf(all);
        });
    }

    /** Removes a socket that has ended. A socket that never entered is fine. */
    void leave(IdentifiedSocket socket) {
        byId.remove(socket.id(), socket);
        byUser.computeIfPresent(socket.identity().userKey(), (unused, known) -> {
            List<IdentifiedSocket> left =
                    known.stream().filter(other -> other != socket).toList();
            return left.isEmpty() ? null : left;
        });
    }

    /**
     * Closes a socket.
     *
     * @return once the socket is closed: 1, or 0 if it is not on this instance
     */
    public CompletableFuture<Integer> close(String socketId, CloseCode code, String reason) {
        return find(socketId).map(socket -> close(socket, code, reason)).orElseGet(Sockets::none);
    }

    /**
     * Closes all sockets of a user.
     *
     * @return once they are closed: how many there were
     */
    public CompletableFuture<Integer> closeUser(String userKey, CloseCode code, String reason) {
        CompletableFuture<Integer> closed = none();
        for (IdentifiedSocket socket : ofUser(userKey)) {
            closed = closed.thenCombine(close(socket, code, reason), Integer::sum);
        }
        return closed;
    }

    /**
     * Joins a socket to a room, whether or not its user may join that room. A later token that does not allow the room
     * removes the socket from it.
     *
     * @return 1 once the socket is in the room; 0 if it is not on this instance or is in its maximum number of rooms;
     *     fails with {@link RoomChanges.NotSavedException} if Redis did not save the change
     */
    public CompletableFuture<Integer> join(String socketId, Room room) {
        return find(socketId)
                .map(socket -> inTurn(socket, () -> rooms.join(socket, room).done()))
                .orElseGet(Sockets::none);
    }

    /**
     * Removes a socket from a room.
     *
     * @return 1 once the socket is out of the room; 0 if it is not on this instance or cannot leave the room; fails
     *     with {@link RoomChanges.NotSavedException} if Redis did not save the change
     */
    public CompletableFuture<Integer> leave(String socketId, Room room) {
        return find(socketId)
                .map(socket -> inTurn(socket, () -> rooms.leave(socket, room).done()))
                .orElseGet(Sockets::none);
    }

    /** Waits up to 5 s for a socket to run its queued tasks. Does nothing if the socket is not on this instance. */
    void awaitTurn(String socketId) {
        find(socketId)
                .ifPresent(socket -> inTurn(socket, () -> true)
                        .completeOnTimeout(0, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .join());
    }

    public int size() {
        return byId.size();
    }

    /** The state of all sockets; not an atomic snapshot. */
    public List<SocketState> all() {
        return byId.values().stream().map(IdentifiedSocket::state).toList();
    }

    /** A live view of all sockets. */
    Collection<IdentifiedSocket> here() {
        return byId.values();
    }

    List<IdentifiedSocket> ofUser(String userKey) {
        return byUser.getOrDefault(userKey, List.of());
    }

    private Optional<IdentifiedSocket> find(String socketId) {
        UUID id = id(socketId);
        return id == null ? Optional.empty() : Optional.ofNullable(byId.get(id));
    }

    private static @Nullable UUID id(String socketId) {
        try {
            return UUID.fromString(socketId);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static CompletableFuture<Integer> close(IdentifiedSocket socket, CloseCode code, String reason) {
        socket.close(code, reason);
        // The close runs in the mailbox too; this task completes after it.
        return inTurn(socket, () -> true);
    }

    private static CompletableFuture<Integer> inTurn(IdentifiedSocket socket, BooleanSupplier work) {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        socket.inTurn(() -> {
            try {
                done.complete(work.getAsBoolean() ? 1 : 0);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private static CompletableFuture<Integer> none() {
        return CompletableFuture.completedFuture(0);
    }
}
