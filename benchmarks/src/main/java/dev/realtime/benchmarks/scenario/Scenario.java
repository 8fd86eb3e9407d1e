package dev.realtime.benchmarks.scenario;

import dev.realtime.benchmarks.servers.Side;
import java.util.List;
import java.util.Map;

/**
 * A scenario: a file in {@code benchmarks/scenarios}.
 *
 * @param title what is measured, in a few words
 * @param sides the sides that support it
 * @param sockets number of sockets
 * @param firstSockets for IDLE: number of sockets at the first measurement of memory
 * @param rooms number of rooms over which the sockets are spread
 * @param roomsPerEvent number of rooms per event
 * @param rate events per second; 0 if {@code outstanding} sets the pace
 * @param outstanding number of concurrent events
 * @param seconds the duration
 * @param instances number of instances of a server, on one Redis
 * @param quietSeconds for IDLE: how long the sockets are idle before the measurement
 * @param settings the service's non-default properties; only for scenarios with their own servers
 * @param own whether it gets fresh servers
 * @param rounds the most rounds; 0 for the requested number
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

    /** Whether a side supports it; an older jar supports what the new one does. */
    public boolean isFor(Side side) {
        return sides.contains(side == Side.BASELINE ? Side.OURS : side);
    }

    /** Scenarios of one group are measured on the same servers, one after the other. */
    public String group() {
        return own ? name : instances + " instances";
    }
}
