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
 * What became of one socket while its identity stayed: the net effect, so that a room which was joined and left in between
 * is not in it. A room that was left and joined again keeps its place among the socket's rooms.
 *
 * @param joined rooms it is in now, in the order they were joined
 * @param left rooms it is in no longer
 * @param transport its transport, null when it is still the same
 * @param queue how much waits for it, see {@link SocketPresence#queue()}; 0 for nothing worth telling, null when it is
 *     still the same
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

    /**
     * What changed from one state of a socket to another; empty when that cannot be said, because it is another socket or
     * another identity.
     */
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

    /** The socket after this change. To apply a change twice is as good as once. */
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
