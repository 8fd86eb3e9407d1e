package dev.realtime.service.stats;

import dev.realtime.contracts.ConnectionStats;
import dev.realtime.contracts.Page;
import dev.realtime.contracts.RoomStats;
import dev.realtime.contracts.RoomStats.Occupancy;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.contracts.Statistics;
import dev.realtime.service.presence.ClusterView;
import dev.realtime.service.presence.ClusterView.Totals;
import dev.realtime.service.presence.Presence;
import dev.realtime.service.security.Authorities;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Totals for everybody; who is connected, and where, for services, directors and admins. The token of any other person
 * counts as none. The admin API offers the same to its own callers.
 */
@RestController
@RequestMapping({"/api/v1/stats", "/api/v1/admin/stats"})
class StatsController {

    private static final Comparator<Occupancy> BY_NAME =
            Comparator.comparing(occupancy -> occupancy.room().toString());
    private static final Map<String, Comparator<Occupancy>> ROOM_FIELDS =
            Map.of("room", BY_NAME, "members", Comparator.comparing(Occupancy::members));

    private final Presence presence;

    StatsController(Presence presence) {
        this.presence = presence;
    }

    @GetMapping("/connections")
    ResponseEntity<Statistics<ConnectionStats>> connections(
            @Nullable Authentication caller, @RequestParam Map<String, String> parameters) {
        ClusterView view = presence.view();
        Totals totals = view.totals(ConnectionStats.NO_ROLE);
        Page page = null;
        List<SocketPresence> connections = null;
        if (Authorities.maySeeWhoIsThere(caller)) {
            SocketFilter filter = SocketFilter.of(parameters);
            Paging.Part<SocketPresence> part = Paging.of(parameters)
                    .of(view.sockets().stream().filter(filter).toList(), SocketFilter.FIELDS, SocketFilter.USUAL);
            page = part.page();
            connections = part.rows();
        }
        return answer(new ConnectionStats(
                totals.sockets(),
                totals.users(),
                totals.byRole(),
                totals.byTransport(),
                totals.byInstance(),
                page,
                connections));
    }

    @GetMapping("/rooms")
    ResponseEntity<Statistics<RoomStats>> rooms(
            @Nullable Authentication caller, @RequestParam MultiValueMap<String, String> parameters) {
        ClusterView view = presence.view();
        if (!Authorities.maySeeWhoIsThere(caller)) {
            return answer(new RoomStats(view.roomCount(), null, null));
        }
        Paging paging = Paging.of(parameters.toSingleValueMap());
        Paging.Part<Occupancy> part = paging.of(RoomFilter.of(parameters).of(view), ROOM_FIELDS, BY_NAME);
        return answer(new RoomStats(view.roomCount(), part.page(), part.rows()));
    }

    private static <T> ResponseEntity<Statistics<T>> answer(T data) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(new Statistics<>(true, data));
    }
}
