package dev.realtime.service.history;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.EventHistory;
import dev.realtime.service.gateway.access.AccessPolicy;
import dev.realtime.service.gateway.access.Reach;
import dev.realtime.service.identity.Identity;
import dev.realtime.service.position.InvalidPositionException;
import dev.realtime.service.position.Position;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.redis.RedisWatch;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The events after a position: to a user those of the rooms they may be in, to a service those of any room. */
@RestController
class HistoryController {

    static final int USUAL = 100;
    static final int MOST = 1_000;

    private final HistoryReader reader;
    private final HistoryReads reads;
    private final AccessPolicy policy;
    private final RedisWatch redis;

    HistoryController(HistoryReader reader, HistoryReads reads, AccessPolicy policy, RedisWatch redis) {
        this.reader = reader;
        this.reads = reads;
        this.policy = policy;
        this.redis = redis;
    }

    @GetMapping("/api/v1/events")
    ResponseEntity<EventHistory> events(Authentication caller, @RequestParam MultiValueMap<String, String> parameters) {
        Identity user = caller.getPrincipal() instanceof Identity identity ? identity : null;
        Reach reach = Reach.of(user, parameters.getOrDefault("rooms", List.of()), policy);
        int limit = limit(parameters.getFirst("limit"));
        Position after = position(parameters.getFirst("after"));
        if (!redis.isUp()) {
            throw new ProblemException(
                    ErrorCode.BACKPLANE_UNAVAILABLE, "Redis is unavailable; nothing was read. Please try again.");
        }
        String name = user == null ? "service " + caller.getName() : "user " + user.userKey();
        EventHistory part = after == null
                ? reads.read(name, reader::begin, begin -> begin)
                : reads.read(name, () -> reader.extent(after), found -> reader.after(after, found, reach, limit));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(part);
    }

    private static @Nullable Position position(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return Position.parse(text);
        } catch (InvalidPositionException e) {
            throw refused(ErrorCode.POSITION_INVALID, "after", "is not a position");
        }
    }

    private static int limit(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return USUAL;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Refused like a number out of bounds.
        }
        throw refused(ErrorCode.VALIDATION_FAILED, "limit", "must be a number from 1 to " + MOST);
    }

    private static ProblemException refused(ErrorCode code, String parameter, String message) {
        return ProblemException.ofParameter(code, parameter, message);
    }
}
