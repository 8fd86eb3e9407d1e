package dev.realtime.service.presence;

import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How presence is kept and announced.
 *
 * @param announceTo the rooms that receive {@code user:online}, {@code user:offline} and {@code user:status}; empty
 *     for none
 * @param grace how long a user may be without a socket before they are offline; 0s to 5m
 * @param announcementsPerSecond how many announcements are made per second in the whole cluster, and how many statuses
 *     are told; 1 to 1000
 * @param deadAfter how long an instance may be silent before it is declared dead; 3s to 5m. Instances beat once a
 *     second.
 */
@Validated
@ConfigurationProperties("realtime.presence")
public record PresenceProperties(
        @DefaultValue("directors") List<String> announceTo,
        @NotNull @DefaultValue("5s") Duration grace,
        @DefaultValue("20") int announcementsPerSecond,
        @NotNull @DefaultValue("8s") Duration deadAfter) {

    public PresenceProperties {
        announceTo = List.copyOf(announceTo);
        rooms(announceTo);
        if (announcementsPerSecond < 1 || announcementsPerSecond > 1000) {
            throw new IllegalArgumentException(
                    "realtime.presence.announcements-per-second must be from 1 to 1000, but is "
                            + announcementsPerSecond + ".");
        }
        check("grace", grace, Duration.ZERO);
        check("dead-after", deadAfter, Duration.ofSeconds(3));
    }

    /** The rooms that receive announcements. */
    public List<Room> hearers() {
        return rooms(announceTo);
    }

    private static List<Room> rooms(List<String> names) {
        try {
            return names.stream().map(Room::parse).toList();
        } catch (InvalidRoomException e) {
            throw new IllegalArgumentException("realtime.presence.announce-to: " + e.getMessage(), e);
        }
    }

    private static void check(String name, Duration value, Duration least) {
        Duration most = Duration.ofMinutes(5);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("realtime.presence." + name + " must be from " + least.toSeconds()
                    + "s to 5m, but is " + value + ".");
        }
    }
}
