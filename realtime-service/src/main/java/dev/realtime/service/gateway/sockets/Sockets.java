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
 * This instance's sockets with an identity, by id and by user. Whatever changes a socket runs in its turn, behind the
 * packets that its client sent before; the answers complete after it. Thread-safe, never blocks, and finds a socket
 * without walking through all of them.
 */
@Component
public final class Sockets {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<UUID, IdentifiedSocket> byId = new ConcurrentHashMap<>();

    /** Each list is replaced and never changed. They are short: a user has a handful of sockets. */
    private final Map<String, List<IdentifiedSocket>> byUser = new ConcurrentHashMap<>();

    private final RoomChanges rooms;

    Sockets(RoomChanges rooms) {
        this.rooms = rooms;
    }

    /**
     * A socket has an identity, which stays its user's until it leaves. A recovered socket has the id of the one before it;
     * of several with the same id the open one is found.
     */
    void enter(IdentifiedSocket socket) {
        byId.merge(socket.id(), socket, (known, fresh) -> fresh.isOpen() ? fresh : known);
        byUser.merge(socket.identity().userKey(), List.of(socket), (known, fresh) -> {
            List<IdentifiedSocket> all = new ArrayList<>(known);
            all.addAll(fresh);
            return List.copyOf(all);
        });
    }

    /** A socket has ended. One that never entered is fine. */
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
     * @return once it is closed: 1, or 0 when it is not here
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
     * Puts a socket into a room, whatever its user may join. A fresh token that does not allow the room takes it out again.
     *
     * @return 1 once the socket is in the room; 0 when it is not here, or is in as many rooms as it may be in; fails with
     *     {@link RoomChanges.NotSavedException} when Redis did not take it
     */
    public CompletableFuture<Integer> join(String socketId, Room room) {
        return find(socketId)
                .map(socket -> inTurn(socket, () -> rooms.join(socket, room).done()))
                .orElseGet(Sockets::none);
    }

    /**
     * Takes a socket out of a room.
     *
     * @return 1 once the socket is out of the room; 0 when it is not here, or cannot leave the room; fails with
     *     {@link RoomChanges.NotSavedException} when Redis did not take it
     */
    public CompletableFuture<Integer> leave(String socketId, Room room) {
        return find(socketId)
                .map(socket -> inTurn(socket, () -> rooms.leave(socket, room).done()))
                .orElseGet(Sockets::none);
    }

    /** Waits until a socket has run the tasks that are queued now, up to 5 s. One that is not here is fine. */
    void awaitTurn(String socketId) {
        find(socketId)
                .ifPresent(socket -> inTurn(socket, () -> true)
                        .completeOnTimeout(0, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .join());
    }

    /** How many sockets are here. */
    public int size() {
        return byId.size();
    }

    /** All sockets as they are at about this moment. */
    public List<SocketState> all() {
        return byId.values().stream().map(IdentifiedSocket::state).toList();
    }

    /** All sockets at about this moment. */
    Collection<IdentifiedSocket> here() {
        return byId.values();
    }

    /** A user's sockets at this moment. */
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
        // Behind the end, which runs in the socket's turn too.
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
