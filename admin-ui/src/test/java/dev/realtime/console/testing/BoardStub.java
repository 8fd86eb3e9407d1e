package dev.realtime.console.testing;

import dev.realtime.console.testing.StubService.Asked;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Page;
import dev.realtime.contracts.Problem;
import dev.realtime.contracts.board.BoardPage;
import dev.realtime.contracts.board.CallStage;
import dev.realtime.contracts.board.LiveCall;
import dev.realtime.contracts.board.LiveOrder;
import dev.realtime.contracts.board.Person;
import dev.realtime.contracts.board.PersonStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The live board of a {@link StubService}, as far as the views use it. */
public final class BoardStub {

    public final List<LiveCall> calls = new CopyOnWriteArrayList<>();
    public final List<Person> people = new CopyOnWriteArrayList<>();
    public final List<LiveOrder> closed = new CopyOnWriteArrayList<>();
    private volatile boolean loading;

    void reset() {
        loading = false;
        calls.clear();
        people.clear();
        closed.clear();
    }

    /** Whether the board is still being loaded. */
    public void loading(boolean still) {
        loading = still;
    }

    /** A call that reached its stage some time ago. */
    public static LiveCall call(int id, CallStage stage, @Nullable Integer operator, Duration ago) {
        Instant since = Instant.now().minus(ago);
        return new LiveCall(
                id,
                stage,
                stage.wireName(),
                "+7 *** ***-**-" + id,
                null,
                operator,
                "Саратов",
                since.minusSeconds(42),
                since,
                stage == CallStage.MISSED ? since : null);
    }

    /** A person in Саратов; offline ones have no sockets. */
    public static Person person(int id, String name, PersonStatus status) {
        boolean offline = status == PersonStatus.OFFLINE;
        Instant since = Instant.now().minusSeconds(61);
        return new Person(
                id,
                name,
                "operator",
                offline ? List.of() : List.of("Саратов"),
                status,
                since,
                offline ? since : null,
                offline ? 0 : 1,
                status == PersonStatus.TALKING ? 900 : null);
    }

    Object calls(Asked request) {
        List<String> stages = List.of(first(request, "stage").split(","));
        Predicate<LiveCall> fits = call -> stages.contains(call.stage().wireName())
                && all(request, "operator", value -> value.equals(String.valueOf(call.operatorId())))
                && all(request, "city", value -> value.equals(call.city()))
                && all(request, "text", value -> call.id().toString().contains(value))
                && all(request, "after", value -> !call.stageSince().isBefore(Instant.parse(value)));
        return page(request, calls.stream().filter(fits).toList(), Comparator.comparing(LiveCall::stageSince));
    }

    Object people(Asked request) {
        Predicate<Person> fits = person -> all(
                        request, "status", value -> value.equals(person.status().wireName()))
                && all(request, "user", value -> value.equals(person.userId().toString()))
                && all(request, "role", value -> value.equals(person.role()))
                && all(request, "city", person.cities()::contains)
                && all(request, "text", value -> String.valueOf(person.name()).contains(value));
        return page(
                request,
                people.stream().filter(fits).toList(),
                Comparator.comparing(person -> String.valueOf(person.name())));
    }

    /** An order that has just been closed. */
    public static LiveOrder closedOrder(int id) {
        Instant now = Instant.now();
        return new LiveOrder(id, "Готово", "Саратов", null, null, null, now, now, now);
    }

    Object orders(Asked request) {
        boolean wanted = request.parameter("closed").contains("true");
        return page(request, wanted ? closed : List.of(), Comparator.comparing(LiveOrder::statusSince));
    }

    private <T> Object page(Asked request, List<T> matching, Comparator<T> order) {
        if (loading) {
            return new Problem(
                    "about:blank",
                    "Service Unavailable",
                    503,
                    "The board is being loaded.",
                    ErrorCode.BOARD_NOT_READY.code(),
                    null);
        }
        List<T> sorted = matching.stream()
                .sorted(first(request, "sort").startsWith("-") ? order.reversed() : order)
                .toList();
        Page page = StubService.page(request, sorted.size());
        return new BoardPage<>(true, "1-0", page, StubService.slice(sorted, page));
    }

    private static String first(Asked request, String name) {
        return request.parameter(name).stream().findFirst().orElse("");
    }

    private static boolean all(Asked request, String name, Predicate<String> holds) {
        return request.parameter(name).stream().allMatch(holds);
    }
}
