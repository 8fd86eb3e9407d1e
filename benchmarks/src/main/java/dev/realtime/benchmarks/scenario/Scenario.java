package dev.realtime.benchmarks.scenario;

import dev.realtime.benchmarks.servers.Side;
import java.util.List;
import java.util.Map;

/**
 * One thing that is measured: a file in {@code benchmarks/scenarios}.
 *
 * @param title what is measured, in a few words
 * @param sides by whom it can be done
 * @param sockets how many there are
 * @param firstSockets of IDLE: how many of them there are when memory is looked at for the first time
 * @param rooms over how many rooms the sockets are spread
 * @param roomsPerEvent to how many of the rooms each event goes
 * @param rate events a second; 0 when they are paced by {@code outstanding}
 * @param outstanding how many events are under way at a time
 * @param seconds how long
 * @param instances how many of a server, on one Redis
 * @param quietSeconds of IDLE: how long the sockets have been there before they are measured
 * @param settings of ours: properties that are not as they are by default; of a scenario with servers of its own
 * @param own whether it gets servers that have served nothing else
 * @param rounds how many rounds at most; 0 for as many as are asked for
 */
public record Scenario(
        String name,
        String title,
        Kind kind,
        List<Side> sides,
        int sockets,
        int firstSockets,
        int rooms,
        int roomsPerEvent,
        double rate,
        int outstanding,
        int seconds,
        int instances,
        int quietSeconds,
        Map<String, String> settings,
        boolean own,
        int rounds,
        List<Target> targets) {

    public Scenario {
        sides = List.copyOf(sides);
        targets = targets == null ? List.of() : List.copyOf(targets);
        settings = settings == null ? Map.of() : Map.copyOf(settings);
        if (!settings.isEmpty() && !own) {
            throw new IllegalArgumentException(name + " has settings, and no servers of its own to have them");
        }
        rooms = Math.max(1, rooms);
        roomsPerEvent = Math.max(1, roomsPerEvent);
        instances = Math.max(1, instances);
        if (kind == Kind.BROADCAST && rate == 0 && outstanding == 0) {
            throw new IllegalArgumentException(name + " has neither a rate nor outstanding events");
        }
        if (rooms % roomsPerEvent != 0) {
            throw new IllegalArgumentException(name + " has rooms to which no event would go");
        }
    }

    /** Whether a side can do it; an older jar of ours can do what the new one can. */
    public boolean isFor(Side side) {
        return sides.contains(side == Side.BASELINE ? Side.OURS : side);
    }

    /** Scenarios of one group are measured on the same servers, one after the other. */
    public String group() {
        return own ? name : instances + " instances";
    }
}
