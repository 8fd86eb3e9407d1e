package dev.realtime.console.wall;

import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.board.BoardPage;
import dev.realtime.contracts.board.CallStage;
import dev.realtime.contracts.board.LiveCall;
import dev.realtime.contracts.board.PersonStatus;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of the wallboard.
 *
 * @param asOf when they were asked for
 * @param waiting how many calls wait
 * @param longest the calls that wait, the longest wait first, at most {@value #MOST}
 * @param talking how many calls are talked on
 * @param missed how many calls were missed since midnight
 * @param people how many people there are in each status
 */
record WallNumbers(
        Instant asOf, int waiting, List<LiveCall> longest, int talking, int missed, Map<PersonStatus, Integer> people) {

    /** The sound comes for each of so many calls. */
    static final int MOST = 100;

    WallNumbers {
        longest = List.copyOf(longest);
        people = Map.copyOf(people);
    }

    /**
     * Asks the service. Call without the session's lock.
     *
     * @throws ServiceAwayException if no instance answers
     * @throws RefusedException if the board is not ready
     */
    static WallNumbers ask(AdminApi api, ConsoleUser user, Instant midnight) {
        Instant now = Instant.now();
        BoardPage<LiveCall> waiting = api.calls(
                user, stage(CallStage.WAITING).with("sort", "stageSince").page(0, MOST));
        int talking = count(api.calls(user, stage(CallStage.TALKING).page(0, 1)));
        int missed = count(
                api.calls(user, stage(CallStage.MISSED).with("after", midnight).page(0, 1)));
        Map<PersonStatus, Integer> people = new EnumMap<>(PersonStatus.class);
        for (PersonStatus status : PersonStatus.values()) {
            Query query = Query.none().with("status", status.wireName()).page(0, 1);
            people.put(status, count(api.people(user, query)));
        }
        return new WallNumbers(now, count(waiting), waiting.rows(), talking, missed, people);
    }

    private static Query stage(CallStage stage) {
        return Query.none().with("stage", stage.wireName());
    }

    private static int count(BoardPage<?> page) {
        return page.page().matching();
    }
}
