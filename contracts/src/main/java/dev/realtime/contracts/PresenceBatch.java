package dev.realtime.contracts;

import java.util.List;

/**
 * What changed among one instance's sockets: a record on the destination {@link StreamHeaders#PRESENCE_DESTINATION}.
 *
 * <p>Whoever has the state after number <i>n</i> of a generation may apply number <i>n + 1</i>; whoever misses one reads
 * that instance's sockets again from {@code realtime:{presence:<instance>}}. A new generation begins empty at number 0.
 *
 * @param instance whose sockets they are
 * @param generation which life of its entries in Redis the number counts in
 * @param number how many batches this generation has had, this one counted
 * @param put sockets that came, or changed
 * @param removed ids of sockets that went
 * @param gone whether the instance is gone, and all its sockets of this generation with it
 */
public record PresenceBatch(
        String instance, String generation, long number, List<SocketPresence> put, List<String> removed, boolean gone) {

    public PresenceBatch {
        put = put == null ? List.of() : List.copyOf(put);
        removed = removed == null ? List.of() : List.copyOf(removed);
    }
}
