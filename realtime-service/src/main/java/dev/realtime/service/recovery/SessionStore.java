package dev.realtime.service.recovery;

import dev.realtime.service.cluster.ForeignProtocols;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.cluster.Protocol;
import dev.realtime.service.scripts.Scripts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * Sessions in Redis. Methods that wait do so for at most 2 s, and throw a
 * {@link org.springframework.dao.DataAccessException} if Redis does not answer or refuses, immediately if Redis is
 * known to be unavailable. For virtual threads: concurrent calls are gathered into batches.
 *
 * <p>Metric: {@code realtime.recovery.save}, how long Redis took to save a new session or a change of its rooms.
 */
@Component
public final class SessionStore {

    private static final Logger log = LoggerFactory.getLogger(SessionStore.class);

    private static final RedisScript<Long> SAVE = Scripts.load("recovery/session-save", Long.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> CLAIM = Scripts.load("recovery/session-claim", List.class);

    private static final RedisScript<Long> CHANGE = Scripts.load("recovery/session-change", Long.class);
    private static final RedisScript<Long> PARK = Scripts.load("recovery/session-park", Long.class);
    private static final RedisScript<Long> END = Scripts.load("recovery/session-end", Long.class);
    private static final RedisScript<Long> LOST = Scripts.load("recovery/session-lost", Long.class);
    private static final RedisScript<Long> TOUCH = Scripts.load("recovery/session-touch", Long.class);
    private static final RedisScript<Long> BLOCK = Scripts.load("recovery/session-block", Long.class);

    /** Maximum number of ended stays in a session, so that constant joining and leaving costs no memory. */
    static final int MOST_STAYS_OVER = 64;

    /** How much longer than its window a parked session is kept, to allow for differences between clocks. */
    private static final Duration LEEWAY = Duration.ofSeconds(5);

    private final ScriptQueue queue;
    private final ForeignProtocols foreign;
    private final String instance;
    private final int mostParked;
    private final Duration liveFor;
    private final String liveMillis;
    private final String parkedMillis;
    private final Timer saving;
    private final AtomicLong connections = new AtomicLong();

    SessionStore(
            ScriptQueue queue,
            ForeignProtocols foreign,
            InstanceName self,
            RecoveryProperties recovery,
            ParkedLimit parked,
            MeterRegistry meters) {
        this.queue = queue;
        this.foreign = foreign;
        this.instance = self.value();
        this.mostParked = parked.parkedPerUser();
        // A session is touched every quarter of a window, so it always outlives a killed instance by a whole window.
        this.liveFor = recovery.kept().plus(LEEWAY.multipliedBy(2));
        this.liveMillis = String.valueOf(liveFor.toMillis());
        this.parkedMillis = String.valueOf(recovery.window().plus(LEEWAY).toMillis());
        this.saving = Timer.builder("realtime.recovery.save")
                .description("Time until Redis has a new session or a change of its rooms")
                .register(meters);
    }

    /** False if Redis is known to be unavailable. Never waits. */
    boolean isUp() {
        return queue.isUp();
    }

    /** How long a session is kept after it was last touched. */
    Duration liveFor() {
        return liveFor;
    }

    /** A session as a new connection of this instance refers to it. Never waits. */
    public SessionRef ref(String userKey, Pid pid) {
        return new SessionRef(userKey, pid.hash(), connections.incrementAndGet());
    }

    /** The owner that stands for a connection of this instance. */
    public Owner owner(SessionRef ref) {
        return new Owner(instance, ref.connection());
    }

    /** Saves a session that is new. */
    public void open(NewSession session) {
        timed(save(session));
    }

    /**
     * Saves a session as a whole, replacing what is there. Never waits.
     *
     * @return 1 once it is saved; 0 if another connection owns it
     */
    CompletableFuture<Object> save(NewSession session) {
        List<String> arguments = new ArrayList<>();
        arguments.add(owner(session.ref()).toString());
        arguments.add(liveMillis);
        arguments.addAll(SessionFields.of(session));
        return queue.submit(SAVE, List.of(key(session.ref())), arguments);
    }

    /**
     * Makes a connection the owner of a session of its user. Returns the session and its previous owner. Of several
     * connections that claim a session at once, each is told about the one before, and the last one owns it. Repeating
     * a claim without an answer is fine. The previous owner notices when it next touches the session.
     */
    public Claim claim(SessionRef ref) {
        Object answer = ScriptQueue.await(queue.submit(
                CLAIM,
                List.of(key(ref), parkedKey(ref), blockedKey(ref.userKey())),
                List.of(owner(ref).toString(), liveMillis, ref.hash().text(), String.valueOf(Protocol.VERSION))));
        Map<String, String> fields = SessionFields.read((List<?>) answer);
        if (fields.isEmpty()) {
            return new Claim.Unknown();
        }
        if (fields.containsKey(SessionFields.LOST)) {
            return new Claim.Lost();
        }
        String version = fields.get(SessionFields.VERSION);
        if (!String.valueOf(Protocol.VERSION).equals(version)) {
            foreign.report("session", "unknown", String.valueOf(version));
            return new Claim.Unknown();
        }
        return new Claim.Found(SessionFields.session(fields, owner(ref)));
    }

    /** The result of a change. */
    enum Changed {
        DONE,
        /** Another connection owns the session: nothing was changed. */
        ANOTHERS,
        /** The session does not exist: it is not saved yet, or Redis has lost it. */
        MISSING
    }

    /**
     * Saves the rooms that a session joined and left.
     *
     * @param number larger than those of the connection's earlier changes and saves: Redis ignores a change that it runs
     *     after a later one
     */
    Changed change(SessionRef ref, long number, RoomChange change) {
        List<String> arguments = new ArrayList<>();
        arguments.add(owner(ref).toString());
        arguments.add(String.valueOf(number));
        arguments.add(change.at().toString());
        arguments.add(String.valueOf(change.at().millis() - liveFor.toMillis()));
        arguments.add(String.valueOf(MOST_STAYS_OVER));
        arguments.add(change.grants() == null ? "" : change.grants());
        arguments.add(String.valueOf(change.joined().size()));
        change.joined().forEach(room -> arguments.add(SessionFields.field(room)));
        change.left().forEach(room -> arguments.add(SessionFields.field(room)));
        long answer = (Long) timed(queue.submit(CHANGE, List.of(key(ref)), arguments));
        return answer > 0 ? Changed.DONE : answer == 0 ? Changed.ANOTHERS : Changed.MISSING;
    }

    private <T> T timed(CompletableFuture<T> answer) {
        long begun = System.nanoTime();
        T result = ScriptQueue.await(answer);
        saving.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        return result;
    }

    /**
     * Parks a session whose connection is gone. Never waits; answers how many of the user's parked sessions were
     * removed.
     */
    CompletableFuture<Object> park(SessionRef ref) {
        return queue.submit(
                PARK,
                List.of(key(ref), parkedKey(ref)),
                List.of(owner(ref).toString(), parkedMillis, ref.hash().text(), String.valueOf(mostParked)));
    }

    /** Removes a session that is over for good. Never waits. */
    CompletableFuture<Object> end(SessionRef ref) {
        return queue.submit(END, List.of(key(ref)), List.of(owner(ref).toString()));
    }

    /** Marks a session that cannot be recovered. Never waits. */
    CompletableFuture<Object> lost(SessionRef ref) {
        return queue.submit(LOST, List.of(key(ref)), List.of(owner(ref).toString(), parkedMillis));
    }

    /**
     * Keeps a session whose connection lives. Never waits; answers 1, 0 if another connection owns it, -1 if it does
     * not exist.
     */
    CompletableFuture<Object> touch(SessionRef ref) {
        return queue.submit(TOUCH, List.of(key(ref)), List.of(owner(ref).toString(), liveMillis));
    }

    /**
     * The user is blocked: none of the sessions they have now can be claimed later, on any instance. Never waits. Logs
     * a failure; then a client that stays away until the block is over may recover its session.
     */
    public void endAllOf(String userKey) {
        queue.submit(BLOCK, List.of(blockedKey(userKey)), List.of(liveMillis)).whenComplete((done, failure) -> {
            if (failure != null) {
                log.warn("The sessions of a blocked user could not be ended in Redis", failure);
            }
        });
    }

    /** All of a user's keys are in one slot of a Redis Cluster. */
    private static String parkedKey(SessionRef ref) {
        return parkedKey(ref.userKey());
    }

    private static String parkedKey(String userKey) {
        return "realtime:{sessions:" + userKey + "}";
    }

    private static String blockedKey(String userKey) {
        return parkedKey(userKey) + ":blocked";
    }

    private static String key(SessionRef ref) {
        return parkedKey(ref) + ":" + ref.hash().text();
    }
}
