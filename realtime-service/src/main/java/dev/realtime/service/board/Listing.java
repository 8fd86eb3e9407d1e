package dev.realtime.service.board;

import java.util.List;

/**
 * A part of the board at one position.
 *
 * @param position the position, as clients know it
 * @param entries in the order of their last events, the oldest first
 */
public record Listing<T>(String position, List<T> entries) {

    public Listing {
        entries = List.copyOf(entries);
    }
}
