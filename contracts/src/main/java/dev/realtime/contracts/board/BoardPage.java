package dev.realtime.contracts.board;

import dev.realtime.contracts.Page;
import java.util.List;

/**
 * A page of one of the board's lists.
 *
 * @param success always true; a refusal is a {@link dev.realtime.contracts.Problem}
 * @param position the position in the stream of events at which the page was true: events after it are not in it yet
 * @param rows {@link LiveCall}s, {@link LiveOrder}s or {@link Person}s
 */
public record BoardPage<T>(boolean success, String position, Page page, List<T> rows) {

    public BoardPage {
        rows = List.copyOf(rows);
    }
}
