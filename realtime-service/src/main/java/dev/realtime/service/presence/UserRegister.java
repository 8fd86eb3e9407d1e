package dev.realtime.service.presence;

import dev.realtime.service.scripts.Scripts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * Users in Redis: the instances that each user is on, what was announced, and which users are due to be checked. A
 * user's key and the set of due users are in different slots, so the set is changed before and after the key: a crash
 * in between only delays the check. One script handles many users, except in a Redis Cluster, where each user's key has
 * its own slot.
 *
 * <p>All methods wait for Redis and throw if it does not answer.
 */
@Component
final class UserRegister {

    private static final String DUE = "realtime:{presence}:due";

    /** How many users one script handles: other clients of Redis wait meanwhile. */
    private static final int CHUNK = 100;

    /** How long after a change has begun its users are checked, even if the change was not finished. */
    private static final Duration SAFETY = Duration.ofSeconds(2);

    private static final RedisScript<Long> ENTER = Scripts.load("presence/user-enter", Long.class);
    private static final RedisScript<Long> LEAVE = Scripts.load("presence/user-leave", Long.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> DECIDE = Scripts.load("presence/user-decide", List.class);

    private static final RedisScript<Long> TOLD = Scripts.load("presence/user-told", Long.class);
    private static final RedisScript<Long> DUE_ADD = Scripts.load("presence/due-add", Long.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> DUE_TAKE = Scripts.load("presence/due-take", List.class);

    private static final RedisScript<Long> DUE_DONE = Scripts.load("presence/due-done", Long.class);

    private final StringRedisTemplate redis;
    private final int chunk;
    private final Duration grace;

    UserRegister(StringRedisTemplate redis, PresenceProperties properties) {
        this.redis = redis;
        this.chunk = isCluster(redis) ? 1 : CHUNK;
        this.grace = properties.grace();
    }

    private static boolean isCluster(StringRedisTemplate redis) {
        return redis.getConnectionFactory() instanceof LettuceConnectionFactory factory && factory.isClusterAware();
    }

    /**
     * A user with a first socket on an instance.
     *
     * @param who what is announced about the user, as JSON
     * @param toldBefore whether the user was announced as online before Redis lost its data
     */
    record Arrival(String userKey, String who, boolean toldBefore) {}

    /** A user to check. {@code since} is the due time exactly as Redis has it, to detect a change made meanwhile. */
    record Due(String userKey, String since) {}

    /** What to announce about a user; see {@code user-decide.lua}. */
    record Decision(Due due, Kind kind, String what, String who) {}

    enum Kind {
        NOTHING,
        LATER,
        TELL
    }

    /** Registers users who have their first socket on this instance. */
    void enter(String instance, String generation, Collection<Arrival> arrivals) {
        List<String> users = arrivals.stream().map(Arrival::userKey).toList();
        due(users, SAFETY);
        inChunks(arrivals, some -> {
            List<String> arguments = new ArrayList<>();
            arguments.add(field(instance, generation));
            for (Arrival arrival : some) {
                arguments.add(arrival.who());
                arguments.add(arrival.toldBefore() ? "1" : "0");
            }
            redis.execute(ENTER, keys(some, Arrival::userKey), arguments.toArray());
        });
        due(users, Duration.ZERO);
    }

    /**
     * Removes users who have lost their last socket on an instance.
     *
     * @param at when they lost it; null for now
     */
    void leave(String instance, String generation, Collection<String> users, @Nullable Instant at) {
        String when = at == null ? "0" : String.valueOf(at.toEpochMilli());
        due(users, grace.plus(SAFETY));
        inChunks(
                users, some -> redis.execute(LEAVE, keys(some, userKey -> userKey), field(instance, generation), when));
        due(users, at == null ? grace : Duration.ZERO);
    }

    /** Users who are due to be checked, longest waiting first. */
    List<Due> due(int most) {
        List<?> answer = redis.execute(DUE_TAKE, List.of(DUE), String.valueOf(most));
        List<Due> due = new ArrayList<>();
        for (int i = 0; answer != null && i + 1 < answer.size(); i += 2) {
            due.add(new Due(String.valueOf(answer.get(i)), String.valueOf(answer.get(i + 1))));
        }
        return due;
    }

    /** How many users are due now or later. */
    long waiting() {
        Long size = redis.opsForZSet().size(DUE);
        return size == null ? 0 : size;
    }

    /** Decides what to announce about these users. */
    List<Decision> decide(Collection<Due> users) {
        List<Decision> decisions = new ArrayList<>();
        inChunks(users, some -> {
            List<?> answers = redis.execute(DECIDE, keys(some, Due::userKey), String.valueOf(grace.toMillis()));
            for (int i = 0; answers != null && i < answers.size(); i++) {
                decisions.add(decision(some.get(i), (List<?>) answers.get(i)));
            }
        });
        return decisions;
    }

    private static Decision decision(Due due, List<?> answer) {
        Kind kind = Kind.valueOf(String.valueOf(answer.getFirst()).toUpperCase(java.util.Locale.ROOT));
        return new Decision(
                due,
                kind,
                answer.size() > 1 ? String.valueOf(answer.get(1)) : "",
                answer.size() > 2 ? String.valueOf(answer.get(2)) : "");
    }

    /** Notes that an announcement was made. */
    void told(Decision decision) {
        redis.execute(TOLD, List.of(key(decision.due().userKey())), decision.what());
        done(List.of(decision), unused -> "0");
    }

    /** Notes that there is nothing to announce about these users now. */
    void settle(Collection<Decision> decisions) {
        done(decisions, decision -> decision.kind() == Kind.LATER ? decision.what() : "0");
    }

    private void done(Collection<Decision> decisions, Function<Decision, String> again) {
        if (decisions.isEmpty()) {
            return;
        }
        List<String> arguments = new ArrayList<>();
        for (Decision decision : decisions) {
            arguments.add(decision.due().userKey());
            arguments.add(decision.due().since());
            arguments.add(again.apply(decision));
        }
        redis.execute(DUE_DONE, List.of(DUE), arguments.toArray());
    }

    private void due(Collection<String> users, Duration in) {
        List<String> all = List.copyOf(users);
        for (int from = 0; from < all.size(); from += CHUNK) {
            List<String> arguments = new ArrayList<>();
            arguments.add(String.valueOf(in.toMillis()));
            arguments.addAll(all.subList(from, Math.min(all.size(), from + CHUNK)));
            redis.execute(DUE_ADD, List.of(DUE), arguments.toArray());
        }
    }

    private <T> void inChunks(Collection<T> users, Consumer<List<T>> action) {
        List<T> all = List.copyOf(users);
        for (int from = 0; from < all.size(); from += chunk) {
            action.accept(all.subList(from, Math.min(all.size(), from + chunk)));
        }
    }

    private static <T> List<String> keys(List<T> users, Function<T, String> userKey) {
        return users.stream().map(userKey).map(UserRegister::key).toList();
    }

    private static String key(String userKey) {
        return "realtime:{user:" + userKey + "}";
    }

    private static String field(String instance, String generation) {
        return "i:" + instance + ":" + generation;
    }
}
