package dev.realtime.service.board.announce;

import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import dev.realtime.service.board.Untold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When {@code call:unanswered} is raised, and who hears it. Times are since the first event of the call, in whole
 * seconds.
 *
 * @param unansweredAfter the time of the first step; 1s to 24h, or 0 for never, without any step
 * @param unansweredRooms the rooms of the first step, at least one
 * @param unansweredSteps further steps, each later than the one before; at most 10
 */
@ConfigurationProperties("realtime.board")
public record UnansweredProperties(
        @DefaultValue("20s") Duration unansweredAfter,
        @DefaultValue("directors") List<String> unansweredRooms,
        @DefaultValue List<Further> unansweredSteps) {

    private static final String PREFIX = "realtime.board.";
    private static final Duration LONGEST = Duration.ofHours(24);

    /**
     * A further step.
     *
     * @param after the time; 1s to 24h
     * @param rooms the rooms that hear of it, at least one
     */
    public record Further(
            @Nullable Duration after, @DefaultValue List<String> rooms) {

        public Further {
            rooms = List.copyOf(rooms);
        }
    }

    /** A step as it is told. */
    record Step(int number, Duration after, List<Room> rooms) {

        long millis() {
            return after.toMillis();
        }
    }

    public UnansweredProperties {
        unansweredRooms = List.copyOf(unansweredRooms);
        unansweredSteps = List.copyOf(unansweredSteps);
        steps(unansweredAfter, unansweredRooms, unansweredSteps);
    }

    /** All steps, the first one first; none if calls are never told. */
    List<Step> steps() {
        return steps(unansweredAfter, unansweredRooms, unansweredSteps);
    }

    private static List<Step> steps(Duration first, List<String> rooms, List<Further> further) {
        if (further.size() >= Untold.MOST_STEPS) {
            throw new IllegalArgumentException(PREFIX + "unanswered-steps must be at most " + (Untold.MOST_STEPS - 1)
                    + " steps, but are " + further.size() + ".");
        }
        List<Step> steps = new ArrayList<>();
        boolean never = first.isZero();
        steps.add(step(1, "unanswered-", never ? Duration.ofSeconds(1) : first, rooms));
        Duration before = never ? Duration.ZERO : first;
        for (Further each : further) {
            String name = "unanswered-steps[" + (steps.size() - 1) + "].";
            Step step = step(steps.size() + 1, name, each.after(), each.rooms());
            if (step.after().compareTo(before) <= 0) {
                throw new IllegalArgumentException(PREFIX + name + "after must be longer than that of the step before, "
                        + before + ", but is " + step.after() + ".");
            }
            before = step.after();
            steps.add(step);
        }
        return never ? List.of() : List.copyOf(steps);
    }

    private static Step step(int number, String name, @Nullable Duration after, List<String> rooms) {
        if (after == null
                || after.compareTo(Duration.ofSeconds(1)) < 0
                || after.compareTo(LONGEST) > 0
                || after.toNanosPart() != 0) {
            throw new IllegalArgumentException(PREFIX + name + "after must be from 1s to 24h in whole seconds"
                    + (number == 1 ? ", or 0 for never" : "") + ", but is " + (after == null ? "missing" : after)
                    + ".");
        }
        if (rooms.isEmpty()) {
            throw new IllegalArgumentException(PREFIX + name + "rooms must name at least one room.");
        }
        try {
            return new Step(number, after, rooms.stream().map(Room::parse).toList());
        } catch (InvalidRoomException e) {
            throw new IllegalArgumentException(PREFIX + name + "rooms: " + e.getMessage(), e);
        }
    }
}
