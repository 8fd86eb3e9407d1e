package dev.realtime.contracts.admin;

import dev.realtime.contracts.Room;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The receivers of a notification: the union of all members. {@code everybody} includes the others.
 *
 * @param everybody everybody with an identity
 * @param rooms at most {@value #MOST} rooms
 * @param roles at most {@value #MOST} roles, as in tokens
 * @param users at most {@value #MOST} user ids
 */
public record Audience(
        @Nullable Boolean everybody,
        @Nullable List<Room> rooms,
        @Nullable List<String> roles,
        @Nullable List<String> users) {

    public static final int MOST = 1_000;

    public Audience {
        rooms = rooms == null ? List.of() : List.copyOf(rooms);
        roles = roles == null ? List.of() : List.copyOf(roles);
        users = users == null ? List.of() : List.copyOf(users);
    }
}
