package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.connection.RedisLink;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.data.redis.RedisConnectionFailureException;

/** Acknowledgements of a consumer whose answers have not arrived: they are repeated after a reconnect. Thread-safe. */
final class Acknowledgements {

    private static final CompletableFuture<Long> NOT_SENT =
            CompletableFuture.failedFuture(new RedisConnectionFailureException("There was no connection"));

    private final byte[] key;
    private final byte[] group;
    private final Map<String, CompletableFuture<Long>> open = new LinkedHashMap<>();

    Acknowledgements(byte[] key, byte[] group) {
        this.key = key;
        this.group = group;
    }

    /** The entries are to be acknowledged, by {@link #send} or after the next connect. */
    synchronized void add(List<String> ids) {
        ids.forEach(id -> open.put(id, NOT_SENT));
    }

    /** Acknowledges entries that were added, by one command, and returns the answer. */
    CompletableFuture<Long> send(RedisLink link, List<String> ids) {
        CompletableFuture<Long> answer =
                link.commands().xack(key, group, ids.toArray(String[]::new)).toCompletableFuture();
        synchronized (this) {
            ids.forEach(id -> open.put(id, answer));
        }
        answer.thenRun(() -> ids.forEach(id -> remove(id, answer)));
        return answer;
    }

    /** Returns once all answers have arrived; throws if one did not. */
    void settle(RedisLink link) {
        List<CompletableFuture<Long>> awaited;
        synchronized (this) {
            awaited = List.copyOf(new LinkedHashSet<>(open.values()));
        }
        awaited.forEach(link::await);
    }

    /** Repeats over a new connection what was not answered over the last. */
    void repeat(RedisLink link) {
        Map<String, CompletableFuture<Long>> before;
        synchronized (this) {
            before = Map.copyOf(open);
        }
        if (!before.isEmpty()) {
            link.await(link.commands().xack(key, group, before.keySet().toArray(String[]::new)));
            before.forEach(this::remove);
        }
    }

    /** The group is a new one. */
    synchronized void clear() {
        open.clear();
    }

    private synchronized void remove(String id, CompletableFuture<Long> answer) {
        open.remove(id, answer);
    }
}
