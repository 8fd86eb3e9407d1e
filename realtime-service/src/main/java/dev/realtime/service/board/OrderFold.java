package dev.realtime.service.board;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.service.board.BoardProperties.Statuses;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an event makes of an order. A closed order opens again only when a later event names another status: neither a
 * late {@code order:new} nor an event without a status opens it.
 */
final class OrderFold {

    private final Statuses closed;

    OrderFold(BoardProperties properties) {
        closed = new Statuses(properties.closed());
    }

    /** The order after one of its events; null if the event has no usable id. */
    @Nullable
    OrderEntry after(@Nullable OrderEntry before, Change change) {
        Object id = change.id(change.event().requiredField());
        if (id == null) {
            return null;
        }
        OrderEntry known = before == null ? first(id, change) : before;
        boolean late = known.isOver() && change.event() == BroadcastEvent.ORDER_NEW;
        String given = late ? null : change.text(statusMember(change.event()));
        String status = given == null ? known.status() : given;
        boolean isClosed = given == null ? known.isOver() : closed.has(given);
        return new OrderEntry(
                id,
                status,
                Entry.merged(late, change.text("city"), known.city()),
                Entry.merged(late, change.text("clientName"), known.clientName()),
                Entry.merged(late, change.id("masterId"), known.masterId()),
                Entry.merged(late, change.text("masterName"), known.masterName()),
                known.since(),
                Objects.equals(status, known.status()) ? known.statusSince() : change.at(),
                !isClosed ? 0 : known.isOver() ? known.closedAt() : change.at(),
                Entry.union(known.rooms(), change.rooms()),
                change.id());
    }

    private static String statusMember(BroadcastEvent event) {
        return event == BroadcastEvent.ORDER_STATUS_CHANGED ? "newStatus" : "statusOrder";
    }

    private static OrderEntry first(Object id, Change change) {
        return new OrderEntry(id, null, null, null, null, null, change.at(), change.at(), 0, List.of(), change.id());
    }
}
