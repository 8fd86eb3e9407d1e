package dev.realtime.contracts.board;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is going on in a room, as the acknowledgement of {@code join-room} with {@code snapshot: true} carries it: its
 * calls that have not ended and its open orders, at most {@value #MOST} in all, those with the latest events.
 *
 * @param truncated true if there are more; absent otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Snapshot(
        List<LiveCall> calls,
        List<LiveOrder> orders,
        @Nullable Boolean truncated) {

    /** The most calls and orders in all. */
    public static final int MOST = 500;

    public Snapshot {
        calls = List.copyOf(calls);
        orders = List.copyOf(orders);
    }
}
