package dev.realtime.service.gateway.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may join which room, and how often.
 *
 * @param roles what each role may, by the role's name; a role that is not here has nothing but its {@code user:{id}}
 * @param maxRooms in how many rooms one socket may be
 * @param roomChangesPerSecond how many joins and leaves one socket may ask for in the long run. Beyond: the join or leave
 *     is refused, {@code room_rate}
 * @param roomChangeBurst how many it may ask for at once
 */
@Validated
@ConfigurationProperties("realtime.access")
public record AccessProperties(
        @DefaultValue Map<String, Role> roles,
        @Min(1) @Max(10_000) @DefaultValue("200") int maxRooms,
        @Min(1) @Max(10_000) @DefaultValue("10") int roomChangesPerSecond,
        @Min(1) @Max(10_000) @DefaultValue("400") int roomChangeBurst) {

    /**
     * One role. Patterns are a room's printed form; {@code {id}} stands for the identity's user id, {@code {cities}} for
     * the cities its token names, {@code kind:*} for every room of a kind, {@code *} for every room.
     *
     * @param joinsAtOnce the rooms a socket is in from the start
     * @param mayJoin the rooms it may join when it asks; {@code city:{cities}} is every city for a token that names none
     */
    public record Role(
            @DefaultValue List<String> joinsAtOnce,
            @DefaultValue List<String> mayJoin) {}
}
