package dev.realtime.service.admin;

import dev.realtime.contracts.admin.NotificationAction;
import dev.realtime.contracts.admin.SendingState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Validates when a notification is sent, and until when it is valid.
 *
 * @param begins held, planned, or on its way
 * @param at when it is sent
 * @param until until when it is valid; null for good
 */
record SendingTimes(
        SendingState begins, Instant at, @Nullable Instant until) {

    private static final Duration FARTHEST = Duration.ofDays(NotificationAction.MOST_DAYS);

    /** How far a caller's clock may be behind, and a request on its way, when it is to be sent "now". */
    private static final Duration SLACK = Duration.ofSeconds(5);

    /**
     * The times of a request.
     *
     * @param now Redis' time
     * @throws dev.realtime.service.problem.ProblemException when they are not valid
     */
    static SendingTimes of(NotificationAction body, Instant now) {
        SendingState begins = SendingState.SENDING;
        Instant at = now;
        if (body.hold() != null && body.at() != null) {
            throw Inputs.refused("at", "must not be given together with hold");
        } else if (body.hold() != null) {
            begins = SendingState.HELD;
            at = now.plusSeconds(Inputs.number("hold", body.hold().longValue(), 1, NotificationAction.LONGEST_HOLD));
        } else if (body.at() != null) {
            begins = SendingState.PLANNED;
            at = planned(body.at(), now);
        }
        return new SendingTimes(begins, at, until(body.until(), at));
    }

    private static Instant planned(Instant at, Instant now) {
        if (at.isBefore(now.minus(SLACK)) || at.isAfter(now.plus(FARTHEST))) {
            throw Inputs.refused("at", "must be from now to " + NotificationAction.MOST_DAYS + " days ahead");
        }
        return at.isBefore(now) ? now : at;
    }

    private static @Nullable Instant until(@Nullable Instant until, Instant at) {
        if (until != null && (!until.isAfter(at) || until.isAfter(at.plus(FARTHEST)))) {
            throw Inputs.refused(
                    "until",
                    "must be later than the time of sending, by at most " + NotificationAction.MOST_DAYS + " days");
        }
        return until;
    }
}
