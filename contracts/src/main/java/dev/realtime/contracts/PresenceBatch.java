package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What changed among the sockets of one instance: a record on the destination
 * {@link StreamHeaders#PRESENCE_DESTINATION}. Member names are short, and sockets have short references that their
 * instance assigns, so that a join or a leave costs little more than the room's name.
 *
 * <p>A reader that has the state after batch <i>n</i> of a generation may apply batch <i>n + 1</i>; a reader that
 * missed a batch reads the instance's sockets again from {@code realtime:{presence:<instance>}}. A new generation
 * starts empty at number 0. Within a batch, sockets are first removed, then put, then changed.
 *
 * @param protocol the protocol version between instances; a batch of another version must not be applied
 * @param instance the instance that has the sockets
 * @param generation the generation of the instance's entries in Redis, in which the number and the references count
 * @param number this batch's number within the generation, 0 for its start
 * @param put sockets that are new or whose identity changed, by reference
 * @param changed changes of known sockets, by reference
 * @param removed references of sockets that are gone
 * @param gone true if the instance is gone together with all its sockets of this generation; otherwise null
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"v", "i", "g", "n", "p", "c", "r", "x"})
public record PresenceBatch(
        @JsonProperty("v") int protocol,
        @JsonProperty("i") String instance,
        @JsonProperty("g") String generation,
        @JsonProperty("n") long number,
        @JsonProperty("p") Map<String, SocketPresence> put,
        @JsonProperty("c") Map<String, SocketDelta> changed,
        @JsonProperty("r") List<String> removed,
        @JsonProperty("x") @Nullable Boolean gone) {

    public PresenceBatch {
        put = put == null ? Map.of() : Map.copyOf(put);
        changed = changed == null ? Map.of() : Map.copyOf(changed);
        removed = removed == null ? List.of() : List.copyOf(removed);
        gone = Boolean.TRUE.equals(gone) ? true : null;
    }

    /** The empty start of a generation. */
    public static PresenceBatch begin(int protocol, String instance, String generation) {
        return new PresenceBatch(protocol, instance, generation, 0, Map.of(), Map.of(), List.of(), null);
    }

    /** Whether this batch ends the instance. */
    public boolean endsInstance() {
        return gone != null;
    }

    /** The end of an instance. */
    public static PresenceBatch end(int protocol, String instance, String generation) {
        return new PresenceBatch(protocol, instance, generation, 0, Map.of(), Map.of(), List.of(), true);
    }
}
