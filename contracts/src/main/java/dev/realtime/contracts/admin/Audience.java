package dev.realtime.contracts.admin;

import dev.realtime.contracts.Room;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is to get something: whoever is meant by any of these. With {@code everybody} the others say nothing more.
 *
 * @param everybody everybody with an identity
 * @param rooms the rooms, at most {@value #MOST}
 * @param roles roles as they stand in tokens, at most {@value #MOST}
 * @param users ids of users, at most {@value #MOST}
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
