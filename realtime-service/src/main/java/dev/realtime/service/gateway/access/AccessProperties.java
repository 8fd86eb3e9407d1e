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
 * @param roles what each role may do, by role name; a role that is not listed has only its {@code user:{id}} room
 * @param maxRooms how many rooms one socket may be in
 * @param roomChangesPerSecond how many joins and leaves one socket may request per second, sustained. Beyond this
 *     limit, the join or leave is refused with {@code room_rate}
 * @param roomChangeBurst how many joins and leaves a socket may request at once
 */
@Validated
@ConfigurationProperties("realtime.access")
public record AccessProperties(
        @DefaultValue Map<String, Role> roles,
        @Min(1) @Max(10_000) @DefaultValue("200") int maxRooms,
        @Min(1) @Max(10_000) @DefaultValue("10") int roomChangesPerSecond,
        @Min(1) @Max(10_000) @DefaultValue("400") int roomChangeBurst) {

    /**
     * One role. A pattern is a room's printed form, in which {@code {id}} stands for the identity's user id and
     * {@code {cities}} for the cities in its token; {@code kind:*} means every room of a kind, {@code *} every room.
     *
     * @param joinsAtOnce the rooms that a socket joins when it connects
     * @param mayJoin the rooms that a socket may join on request; {@code city:{cities}} means every city if the token
     *     names none
     */
    public record Role(
            @DefaultValue List<String> joinsAtOnce,
            @DefaultValue List<String> mayJoin) {}
}
