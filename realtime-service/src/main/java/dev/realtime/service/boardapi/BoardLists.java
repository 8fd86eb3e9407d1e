package dev.realtime.service.boardapi;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.board.BoardPage;
import dev.realtime.contracts.board.CallStage;
import dev.realtime.contracts.board.LiveCall;
import dev.realtime.contracts.board.LiveOrder;
import dev.realtime.service.board.Board;
import dev.realtime.service.board.CallEntry;
import dev.realtime.service.board.Listing;
import dev.realtime.service.board.NotReadyException;
import dev.realtime.service.board.OrderEntry;
import dev.realtime.service.gateway.access.Reach;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.stats.Paging;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The board's calls and orders, filtered, sorted and in pages. */
@Component
public final class BoardLists {

    private static final Comparator<CallEntry> OLDEST_CALL =
            Comparator.comparingLong(CallEntry::since).thenComparing(CallEntry::key);
    private static final Map<String, Comparator<CallEntry>> CALL_FIELDS = Map.of(
            "since", OLDEST_CALL,
            "stageSince", Comparator.comparingLong(CallEntry::stageSince),
            "stage", Comparator.comparing(CallEntry::stage),
            "status", text(CallEntry::status),
            "operator", text(CallEntry::operatorId),
            "city", text(CallEntry::city));

    private static final Comparator<OrderEntry> OLDEST_ORDER =
            Comparator.comparingLong(OrderEntry::since).thenComparing(OrderEntry::key);
    private static final Map<String, Comparator<OrderEntry>> ORDER_FIELDS = Map.of(
            "since", OLDEST_ORDER,
            "statusSince", Comparator.comparingLong(OrderEntry::statusSince),
            "status", text(OrderEntry::status),
            "master", text(OrderEntry::masterId),
            "city", text(OrderEntry::city));

    private final Board board;

    BoardLists(Board board) {
        this.board = board;
    }

    private static <T> Comparator<T> text(Function<T, @Nullable Object> member) {
        return Comparator.comparing(
                entry -> String.valueOf(member.apply(entry) == null ? "" : member.apply(entry)),
                String.CASE_INSENSITIVE_ORDER);
    }

    /**
     * Calls. Without the parameter {@code stage}: those that have not ended.
     *
     * @param reach what the caller may know of
     * @param seesPhones whether {@code text} may be looked for in phone numbers
     * @throws ProblemException with {@link ErrorCode#BOARD_NOT_READY}, or {@link ErrorCode#VALIDATION_FAILED} for an
     *     invalid parameter
     */
    public BoardPage<LiveCall> calls(Reach reach, Map<String, String> parameters, boolean seesPhones) {
        Conditions conditions = new Conditions(parameters);
        Set<CallStage> stages = conditions.any("stage", CallStage.class, CallStage::ofWireName, CallStage::wireName);
        boolean withEnded = conditions.value("stage") != null;
        Instant after = conditions.time("after");
        Predicate<CallEntry> wanted = call -> stages.contains(call.stage())
                && (withEnded || !call.isOver())
                && (after == null || call.stageSince() >= after.toEpochMilli())
                && conditions.meets("status", call.status())
                && conditions.meets("operator", call.operatorId())
                && conditions.meets("city", call.city())
                && conditions.meetsText(() -> Arrays.asList(
                        call.id(),
                        call.status(),
                        call.operatorId(),
                        call.city(),
                        seesPhones ? call.phoneClient() : null,
                        seesPhones ? call.phoneAts() : null));
        Listing<CallEntry> all = ready(board::calls);
        return page(
                all,
                known(all.entries(), CallEntry::rooms, reach, wanted),
                parameters,
                CALL_FIELDS,
                OLDEST_CALL,
                CallEntry::view);
    }

    /**
     * Orders: the open ones, or with {@code closed=true} those closed of late.
     *
     * @param reach what the caller may know of
     * @throws ProblemException with {@link ErrorCode#BOARD_NOT_READY}, or {@link ErrorCode#VALIDATION_FAILED} for an
     *     invalid parameter
     */
    public BoardPage<LiveOrder> orders(Reach reach, Map<String, String> parameters) {
        Conditions conditions = new Conditions(parameters);
        boolean closed = conditions.flag("closed");
        Predicate<OrderEntry> wanted = order -> order.isOver() == closed
                && conditions.meets("status", order.status())
                && conditions.meets("city", order.city())
                && conditions.meets("master", order.masterId())
                && conditions.meetsText(() -> Arrays.asList(
                        order.id(),
                        order.status(),
                        order.city(),
                        order.clientName(),
                        order.masterId(),
                        order.masterName()));
        Listing<OrderEntry> all = ready(board::orders);
        return page(
                all,
                known(all.entries(), OrderEntry::rooms, reach, wanted),
                parameters,
                ORDER_FIELDS,
                OLDEST_ORDER,
                OrderEntry::view);
    }

    private static <E> List<E> known(List<E> entries, Function<E, List<Room>> rooms, Reach reach, Predicate<E> wanted) {
        return entries.stream()
                .filter(wanted)
                .filter(entry -> reach.includes(rooms.apply(entry)))
                .toList();
    }

    /** A page of what was found, with the position of the list. */
    static <E, V> BoardPage<V> page(
            Listing<?> listing,
            List<E> found,
            Map<String, String> parameters,
            Map<String, Comparator<E>> fields,
            Comparator<E> usual,
            Function<E, V> view) {
        Paging.Part<E> part = Paging.of(parameters).of(found, fields, usual);
        return new BoardPage<>(
                true,
                listing.position(),
                part.page(),
                part.rows().stream().map(view).toList());
    }

    /** A list of the board. */
    interface Reading<T> {
        Listing<T> read() throws NotReadyException;
    }

    /** Reads a list, or throws {@link ErrorCode#BOARD_NOT_READY}. */
    static <T> Listing<T> ready(Reading<T> reading) {
        try {
            return reading.read();
        } catch (NotReadyException e) {
            throw new ProblemException(ErrorCode.BOARD_NOT_READY, String.valueOf(e.getMessage()));
        }
    }
}
