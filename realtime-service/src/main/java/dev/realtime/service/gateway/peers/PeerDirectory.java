package dev.realtime.service.gateway.peers;

import dev.realtime.service.gateway.engineio.EngineSessions;
import dev.realtime.service.gateway.frontdoor.FrontDoorServer;
import dev.realtime.service.heartbeat.Beating;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * Who is there. A heartbeat tells Redis where this instance is and reads where the others are; what came up since is
 * asked for once, away from the event loops. As long as Redis is away the last view stays.
 *
 * <p>Keys: {@code realtime:{instances}:<tag>} is an address that lives for 15 s, {@code realtime:{instances}} the tags
 * by the time of their last heartbeat, so that nobody has to scan for them.
 */
@Component
final class PeerDirectory extends Beating {

    private static final Logger log = LoggerFactory.getLogger(PeerDirectory.class);

    private static final String INDEX = "realtime:{instances}";
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration LIFETIME = Duration.ofSeconds(15);
    private static final Duration PORT_INTERVAL = Duration.ofMillis(50);
    private static final Duration FIRST_BEAT = Duration.ofSeconds(2);
    private static final Duration LOOKUP = Duration.ofSeconds(2);
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(2);
    private static final Duration INDEXED_FOR = Duration.ofMinutes(10);
    private static final int MAX_PEERS = 1_000;
    private static final int MAX_UNKNOWN = 1_000;
    private static final int MAX_LOOKUPS = 64;

    private final StringRedisTemplate redis;
    private final OwnAddress own;
    private final String tag;
    private final Map<String, CompletableFuture<Optional<InetSocketAddress>>> pending = new ConcurrentHashMap<>();
    /** Tags that Redis did not know, by {@link System#nanoTime()} of the answer. */
    private final Map<String, Long> unknown = new ConcurrentHashMap<>();

    private volatile Map<String, InetSocketAddress> live = Map.of();
    private volatile CompletableFuture<Boolean> firstBeat = new CompletableFuture<>();

    PeerDirectory(StringRedisTemplate redis, OwnAddress own, EngineSessions sessions) {
        super("peer-heartbeat");
        this.redis = redis;
        this.own = own;
        tag = sessions.instanceTag();
    }

    /** Where that instance is. Never blocks and never fails; what Redis does not say in time is unknown. */
    CompletableFuture<Optional<InetSocketAddress>> find(String peer) {
        InetSocketAddress known = live.get(peer);
        if (known != null) {
            return CompletableFuture.completedFuture(Optional.of(known));
        }
        Long since = unknown.get(peer);
        if (since != null && System.nanoTime() - since < UNKNOWN_FOR.toNanos()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        var asked = pending.get(peer);
        if (asked == null && pending.size() >= MAX_LOOKUPS) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return asked != null ? asked : pending.computeIfAbsent(peer, this::lookup);
    }

    private CompletableFuture<Optional<InetSocketAddress>> lookup(String peer) {
        var answer = new CompletableFuture<Optional<InetSocketAddress>>()
                .completeOnTimeout(Optional.empty(), LOOKUP.toMillis(), TimeUnit.MILLISECONDS);
        Thread.ofVirtual().name("peer-lookup").start(() -> {
            Optional<InetSocketAddress> found = Optional.empty();
            try {
                found = Optional.ofNullable(address(redis.opsForValue().get(key(peer))));
                if (found.isEmpty() && unknown.size() < MAX_UNKNOWN) {
                    unknown.put(peer, System.nanoTime());
                }
            } catch (RuntimeException e) {
                log.debug("Redis did not say where a peer is", e);
            } finally {
                pending.remove(peer);
                answer.complete(found);
            }
        });
        return answer;
    }

    /** Before the port opens, so that whoever gets a session here can be sent here; gone after it has closed. */
    @Override
    public int getPhase() {
        return FrontDoorServer.PHASE - 1;
    }

    @Override
    public void start() {
        var first = new CompletableFuture<Boolean>();
        firstBeat = first;
        super.start();
        first.completeOnTimeout(false, FIRST_BEAT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    @Override
    protected Duration beat() {
        HostPort address = own.find();
        if (address != null) {
            register(address);
        }
        firstBeat.complete(address != null);
        return address == null ? PORT_INTERVAL : INTERVAL;
    }

    private void register(HostPort address) {
        try {
            long now = System.currentTimeMillis();
            redis.opsForValue().set(key(tag), address.toString(), LIFETIME);
            redis.opsForZSet().add(INDEX, tag, now);
            redis.opsForZSet().removeRangeByScore(INDEX, 0, (double) now - INDEXED_FOR.toMillis());
            Set<String> tags = redis.opsForZSet().reverseRange(INDEX, 0, MAX_PEERS - 1L);
            live = read(tags == null ? List.of() : List.copyOf(tags));
            unknown.values().removeIf(since -> System.nanoTime() - since > UNKNOWN_FOR.toNanos());
        } catch (RuntimeException e) {
            log.debug("No heartbeat: Redis is away", e);
        }
    }

    private Map<String, InetSocketAddress> read(List<String> tags) {
        List<String> keys = new ArrayList<>();
        tags.forEach(peer -> keys.add(key(peer)));
        List<@Nullable String> addresses = redis.opsForValue().multiGet(keys);
        Map<String, InetSocketAddress> found = new HashMap<>();
        for (int i = 0; addresses != null && i < addresses.size(); i++) {
            InetSocketAddress address = address(addresses.get(i));
            if (address != null) {
                found.put(tags.get(i), address);
            }
        }
        return Map.copyOf(found);
    }

    private static @Nullable InetSocketAddress address(@Nullable String text) {
        try {
            return text == null ? null : HostPort.parse(text, 0).resolve();
        } catch (IllegalArgumentException e) {
            log.debug("What a peer registered is no address", e);
            return null;
        }
    }

    private static String key(String peer) {
        return INDEX + ":" + peer;
    }

    @Override
    public void stop() {
        super.stop();
        farewell(LOOKUP, () -> {
            redis.delete(key(tag));
            redis.opsForZSet().remove(INDEX, tag);
        });
    }
}
