package dev.realtime.service.journal;

import dev.realtime.stream.binder.redis.StreamId;
import java.util.Optional;

/**
 * From and up to where the entries of one instance are complete.
 *
 * @param instance the instance
 * @param birth the position before which it had no sockets
 * @param from the position after which its entries are complete
 * @param through the position up to which they are
 * @param at when it told that, in milliseconds by Redis' clock
 * @param ended whether it has ended, after its last socket
 */
public record Coverage(String instance, StreamId birth, StreamId from, StreamId through, long at, boolean ended) {

    static Optional<Coverage> parse(String instance, String text) {
        String[] parts = text.split(" ", -1);
        return parts.length == 5
                ? Optional.of(new Coverage(
                        instance,
                        StreamId.parse(parts[0]),
                        StreamId.parse(parts[1]),
                        StreamId.parse(parts[2]),
                        Long.parseLong(parts[3]),
                        parts[4].equals("1")))
                : Optional.empty();
    }
}
