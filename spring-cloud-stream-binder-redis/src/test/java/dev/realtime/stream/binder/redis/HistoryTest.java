package dev.realtime.stream.binder.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.realtime.stream.binder.redis.StreamHistory.Edges;
import dev.realtime.stream.binder.redis.StreamHistory.Entry;
import dev.realtime.stream.binder.redis.StreamHistory.Limits;
import dev.realtime.stream.binder.redis.StreamHistory.Page;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HistoryTest {

    @Test
    void readsFromAnyIdInBothDirections() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port())) {
            List<String> ids = new ArrayList<>();
            for (int n = 0; n < 10; n++) {
                ids.add(app.send(("m" + n).getBytes(UTF_8), Map.of("number", n, "tags", List.of("a", "b")))
                        .id());
            }
            StreamHistory history = app.bean(StreamHistory.class);

            assertThat(history.before("events", null, entries(3)).entries())
                    .extracting(Entry::id)
                    .containsExactlyElementsOf(ids.subList(7, 10).reversed());
            Page middle = history.before("events", ids.get(7), entries(3));
            assertThat(middle.entries())
                    .extracting(Entry::id)
                    .containsExactlyElementsOf(ids.subList(4, 7).reversed());
            assertThat(middle.next()).isEqualTo(ids.get(4));
            Page rest = history.after("events", ids.get(7), entries(100));
            assertThat(rest.entries()).extracting(Entry::id).containsExactlyElementsOf(ids.subList(8, 10));
            assertThat(rest.next()).isNull();
            assertThat(history.after("events", null, entries(2)).entries())
                    .extracting(Entry::id)
                    .containsExactlyElementsOf(ids.subList(0, 2));
            assertThat(history.before("events", "1", entries(100)).entries()).isEmpty();
            assertThat(history.before("nothing", null, entries(100)).next()).isNull();
            assertThat(history.before("events", ids.get(7), ids.get(4), entries(100), entry -> true)
                            .entries())
                    .extracting(Entry::id)
                    .containsExactlyElementsOf(ids.subList(5, 7).reversed());

            Entry found = history.find("events", ids.get(4)).orElseThrow();
            assertThat(new String(found.payload(), UTF_8)).isEqualTo("m4");
            assertThat(found.headers()).containsEntry("number", 4).containsEntry("tags", List.of("a", "b"));
            assertThat(history.find("events", "1-1")).isEmpty();

            String once = app.send("once".getBytes(UTF_8), Map.of(RedisBinderHeaders.IDEMPOTENCE_KEY, "k 1"))
                    .id();
            assertThat(history.addedUnder("events", "k 1")).contains(once);
            assertThat(history.addedUnder("events", "k 2")).isEmpty();
        }
    }

    @Test
    void aPageEndsAtItsBytesAndTheNextOneContinues() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port())) {
            List<String> ids = new ArrayList<>();
            for (int n = 0; n < 60; n++) {
                // Small entries first: the size of the next ones is unknown before they are read.
                ids.add(app.send(new byte[n < 50 ? 250_000 : 10], Map.of("number", n))
                        .id());
            }
            StreamHistory history = app.bean(StreamHistory.class);
            List<String> found = new ArrayList<>();
            String from = null;
            int pages = 0;
            do {
                Page page = history.before("events", from, Limits.of(500, 1_000_000));
                assertThat(page.entries().stream().mapToLong(Entry::bytes).sum())
                        .isLessThan(1_000_000 + 260_000);
                page.entries().forEach(entry -> found.add(entry.id()));
                from = page.next();
                pages++;
            } while (from != null);
            assertThat(found).containsExactlyElementsOf(ids.reversed());
            assertThat(pages).isBetween(12, 15);
        }
    }

    @Test
    void aFilterWithoutMatchesStopsAtItsLimitAndReturnsThePosition() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port())) {
            String first = app.send("wanted".getBytes(UTF_8), Map.of()).id();
            for (int n = 0; n < 100; n++) {
                app.send(new byte[100_000], Map.of());
            }
            StreamHistory history = app.bean(StreamHistory.class);
            AtomicLong scanned = new AtomicLong();
            Limits limits = new Limits(10, 1_000_000, 2_000_000);
            String from = null;
            List<Entry> found = new ArrayList<>();
            int calls = 0;
            do {
                scanned.set(0);
                Page page = history.before("events", from, null, limits, entry -> {
                    scanned.addAndGet(entry.bytes());
                    return entry.payload().length < 100;
                });
                assertThat(scanned.get()).isLessThan(3_100_000);
                found.addAll(page.entries());
                from = page.next();
                calls++;
            } while (from != null);
            assertThat(found).extracting(Entry::id).containsExactly(first);
            assertThat(calls).isBetween(4, 6);
        }
    }

    @Test
    void returnsTheEdgesOfAStream() {
        try (var redis = RedisProcess.counting();
                var app = TestApplication.start(redis.port())) {
            StreamHistory history = app.bean(StreamHistory.class);
            assertThat(history.edges("nothing")).isEqualTo(new Edges(null, "0-0", true));
            List<String> ids = new ArrayList<>();
            for (int n = 0; n < 5; n++) {
                ids.add(app.send(new byte[10], Map.of()).id());
            }
            assertThat(history.edges("events")).isEqualTo(new Edges(ids.getFirst(), ids.getLast(), true));
            redis.command("XTRIM", "events", "MAXLEN", "2");
            assertThat(history.edges("events")).isEqualTo(new Edges(ids.get(3), ids.getLast(), false));
            redis.command("XTRIM", "events", "MAXLEN", "0");
            assertThat(history.edges("events")).isEqualTo(new Edges(null, ids.getLast(), false));
        }
    }

    @Test
    void idsHaveNeighbours() {
        assertThat(new StreamId(5, 0).previous()).isEqualTo(new StreamId(4, -1));
        assertThat(new StreamId(5, 0).previous().next()).isEqualTo(new StreamId(5, 0));
        assertThat(new StreamId(5, 1).previous()).isEqualTo(new StreamId(5, 0));
        assertThat(new StreamId(0, 0).previous()).isEqualTo(new StreamId(0, 0));
        assertThat(new StreamId(-1, -1).next()).isEqualTo(new StreamId(-1, -1));
        assertThat(new StreamId(5, -1)).hasToString("5-18446744073709551615");
    }

    private static Limits entries(int count) {
        return Limits.of(count, 1_000_000);
    }

    @Test
    void refusesInvalidIds() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port())) {
            StreamHistory history = app.bean(StreamHistory.class);
            for (String id : new String[] {"", "x", "1-", "-1", "+", "$"}) {
                assertThatIllegalArgumentException().isThrownBy(() -> history.before("events", id, entries(1)));
                assertThatIllegalArgumentException().isThrownBy(() -> history.find("events", id));
            }
        }
    }
}
