package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What changed among one instance's sockets: a record on the destination {@link StreamHeaders#PRESENCE_DESTINATION}. Its
 * names are short, and a socket is named by a short reference that its instance gives it, since a join or a leave is to
 * cost little more than the room's name.
 *
 * <p>Whoever has the state after number <i>n</i> of a generation may apply number <i>n + 1</i>; whoever misses one reads
 * that instance's sockets again from {@code realtime:{presence:<instance>}}. A new generation begins empty at number 0.
 * Within a batch sockets are removed first, then put, then changed.
 *
 * @param protocol the version of what instances say to each other; a batch of another version must not be applied
 * @param instance whose sockets they are
 * @param generation which life of its entries in Redis the number and the references count in
 * @param number how many batches this generation has had, this one counted
 * @param put sockets that came, or whose identity changed, by reference
 * @param changed what changed of sockets that are known, by reference
 * @param removed references of sockets that went
 * @param gone true when the instance is gone, and all its sockets of this generation with it; else null
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

    /** The beginning of a generation, which is empty. */
    public static PresenceBatch begin(int protocol, String instance, String generation) {
        return new PresenceBatch(protocol, instance, generation, 0, Map.of(), Map.of(), List.of(), null);
    }

    /** Whether the instance is gone. */
    public boolean endsInstance() {
        return gone != null;
    }

    /** The end of an instance. */
    public static PresenceBatch end(int protocol, String instance, String generation) {
        return new PresenceBatch(protocol, instance, generation, 0, Map.of(), Map.of(), List.of(), true);
    }
}
