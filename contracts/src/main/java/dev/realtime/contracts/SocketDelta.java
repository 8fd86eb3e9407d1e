package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The net change of one socket whose identity stayed the same: a room that was joined and left in between does not
 * appear. A room that was left and joined again keeps its place among the socket's rooms.
 *
 * @param joined rooms the socket joined, in the order of joining
 * @param left rooms the socket left
 * @param transport the new transport, null if unchanged
 * @param queue the new {@link SocketPresence#queue()}; 0 if below the first step, null if unchanged
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SocketDelta(
        @JsonProperty("j") List<Room> joined,
        @JsonProperty("l") List<Room> left,
        @JsonProperty("t") @Nullable String transport,
        @JsonProperty("q") @Nullable Long queue) {

    public SocketDelta {
        joined = joined == null ? List.of() : List.copyOf(joined);
        left = left == null ? List.of() : List.copyOf(left);
    }

    /** The change from one state of a socket to another; empty if the states differ in the socket or its identity. */
    public static Optional<SocketDelta> between(SocketPresence before, SocketPresence now) {
        if (!before.with(now.rooms(), now.transport(), now.queue()).equals(now)) {
            return Optional.empty();
        }
        return Optional.of(new SocketDelta(
                without(now.rooms(), before.rooms()),
                without(before.rooms(), now.rooms()),
                before.transport().equals(now.transport()) ? null : now.transport(),
                before.queueOrZero() == now.queueOrZero() ? null : now.queueOrZero()));
    }

    private static List<Room> without(List<Room> rooms, List<Room> others) {
        Set<Room> left = new LinkedHashSet<>(rooms);
        others.forEach(left::remove);
        return List.copyOf(left);
    }

    /** Whether anything changed. */
    public boolean changesAnything() {
        return !joined.isEmpty() || !left.isEmpty() || transport != null || queue != null;
    }

    /** The socket after this change. Applying a change twice has the same effect as once. */
    public SocketPresence appliedTo(SocketPresence socket) {
        List<Room> rooms = socket.rooms();
        if (!joined.isEmpty() || !left.isEmpty()) {
            Set<Room> now = new LinkedHashSet<>(rooms);
            left.forEach(now::remove);
            now.addAll(joined);
            rooms = new ArrayList<>(now);
        }
        return socket.with(
                rooms, transport == null ? socket.transport() : transport, queue == null ? socket.queue() : queue);
    }
}
