package dev.realtime.service.stats;

import dev.realtime.contracts.ConnectionStats;
import dev.realtime.contracts.RoomStats;
import dev.realtime.contracts.Statistics;
import dev.realtime.service.security.Authorities;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Totals for everybody; who and where for a service, a director and an admin. Another person's token changes nothing: it
 * is no worse than none.
 */
@RestController
@RequestMapping("/api/v1/stats")
class StatsController {

    private final LiveConnections live;

    StatsController(LiveConnections live) {
        this.live = live;
    }

    @GetMapping("/connections")
    ResponseEntity<Statistics<ConnectionStats>> connections(@Nullable Authentication caller) {
        return answer(live.connections(Authorities.maySeeWhoIsThere(caller)));
    }

    @GetMapping("/rooms")
    ResponseEntity<Statistics<RoomStats>> rooms(@Nullable Authentication caller) {
        return answer(live.rooms(Authorities.maySeeWhoIsThere(caller)));
    }

    private static <T> ResponseEntity<Statistics<T>> answer(T data) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(new Statistics<>(true, data));
    }
}
