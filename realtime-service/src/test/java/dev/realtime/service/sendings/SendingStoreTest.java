package dev.realtime.service.sendings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.Audience;
import dev.realtime.contracts.admin.SendingState;
import dev.realtime.service.receipts.ReceiptProperties;
import dev.realtime.service.rest.RedisClient;
import dev.realtime.service.sendings.SendingStore.Creation;
import dev.realtime.service.sendings.SendingStore.Due;
import dev.realtime.service.sendings.SendingStore.Entered;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

class SendingStoreTest {

    private static final long NOW = 1_900_000_000_000L;
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final String PAYLOAD = "{\"message\":\"Пожар\"}";
    private static final SendingHead HEAD = new SendingHead(
            "irina", "7-0", new Audience(null, List.of(Room.OPERATORS), null, null), List.of(Room.OPERATORS), null);

    private static RedisClient redis;

    private final SendingStore store = store(DataSize.ofMegabytes(32), 1_000);
    private final RecallStore recalls = new RecallStore(redis.template());

    @BeforeAll
    static void startRedis() {
        redis = new RedisClient();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.clear();
    }

    private static SendingStore store(DataSize maxBytes, int mostWaiting) {
        return new SendingStore(
                redis.template(),
                new SendingProperties(maxBytes, mostWaiting, Duration.ofMinutes(10)),
                new ReceiptProperties(Duration.ofHours(24), DataSize.ofMegabytes(16), 5_000, 10, 100),
                JsonMapper.shared());
    }

    private static SendingEntry entry(SendingState state, long at, @Nullable Long until, String payload) {
        return new SendingEntry(SendingEntry.newId(NOW), HEAD, payload, state, at, until, null, null, null, null, null);
    }

    private String create(SendingState state, long at, @Nullable Long until) {
        SendingEntry entry = entry(state, at, until, PAYLOAD);
        assertThat(store.create(entry, null, at).entered()).isEqualTo(Entered.CREATED);
        return entry.id();
    }

    private SendingEntry find(String id) {
        return Objects.requireNonNull(store.find(id));
    }

    private String take(String id, long now) {
        return store.take(id, now, now + 5_000);
    }

    @Test
    void whatIsHeldIsTakenOnceItsTimeHasComeAndSent() {
        String id = create(SendingState.HELD, NOW + 1_000, NOW + 9_000);
        assertThat(find(id))
                .isEqualTo(new SendingEntry(
                        id, HEAD, PAYLOAD, SendingState.HELD, NOW + 1_000, NOW + 9_000, null, null, null, null, null));
        assertThat(find(id).createdAt()).isEqualTo(NOW);
        assertThat(take(id, NOW + 999)).isEqualTo("early");
        Due due = store.due(NOW + 999, 10);
        assertThat(List.of(due.sendings(), due.waiting())).containsExactly(1L, 1L);
        assertThat(due.next()).isEqualTo(NOW + 1_000);
        assertThat(due.come()).isEmpty();
        assertThat(store.due(NOW + 1_000, 10).come()).containsExactly(id);
        assertThat(take(id, NOW + 1_000)).isEqualTo("sending");
        assertThat(store.due(NOW + 1_000, 10).waiting()).isZero();
        assertThat(take(id, NOW + 1_001)).as("another instance is on it").isEqualTo("early");
        assertThat(take(id, NOW + 6_000)).as("which has died").isEqualTo("sending");
        assertThat(store.cancel(id, NOW, "boris")).isFalse();
        store.sent(find(id), "5-0", NOW + 6_001);
        assertThat(store.due(NOW + 20_000, 10).next()).isNull();
        assertThat(find(id).state(NOW + 8_999)).isEqualTo(SendingState.SENT);
        assertThat(find(id).state(NOW + 9_000)).as("it has run out").isEqualTo(SendingState.EXPIRED);
        assertThat(find(id).endedAt(NOW + 9_000)).isEqualTo(NOW + 9_000);
        assertThat(find(id).event()).isEqualTo("5-0");
        // What is valid for longer is kept for longer.
        assertThat(store.due(NOW + 8_999 + DAY, 10).over()).isEmpty();
        assertThat(store.due(NOW + 9_000 + DAY, 10).over()).containsExactly(id);
    }

    @Test
    void whatRunsOutBeforeItIsSentIsNotSent() {
        String id = create(SendingState.PLANNED, NOW + 1_000, NOW + 2_000);
        assertThat(take(id, NOW + 2_000)).isEqualTo("expired");
        SendingEntry entry = find(id);
        assertThat(entry.state(NOW + 2_000)).isEqualTo(SendingState.EXPIRED);
        assertThat(entry.event()).isNull();
        assertThat(entry.endedAt()).isEqualTo(NOW + 2_000);
        assertThat(store.due(NOW + 9_000, 10).waiting()).isZero();
    }

    @Test
    void eitherItIsCancelledOrItIsTakenAlsoWhenBothComeAtOnce() {
        List<String> ids = IntStream.range(0, 200)
                .mapToObj(n -> create(n % 2 == 0 ? SendingState.HELD : SendingState.PLANNED, NOW, null))
                .toList();
        for (String id : ids) {
            CompletableFuture<String> taken = CompletableFuture.supplyAsync(() -> take(id, NOW));
            boolean cancelled = store.cancel(id, NOW, "boris");
            assertThat(taken.join()).isEqualTo(cancelled ? "cancelled" : "sending");
            assertThat(find(id).stored()).isEqualTo(cancelled ? SendingState.CANCELLED : SendingState.SENDING);
        }
        assertThat(store.due(NOW, 10).waiting()).isZero();
    }

    @Test
    void whoCancelledItIsKnownAndItEndsOnce() {
        String id = create(SendingState.HELD, NOW + 1_000, null);
        assertThat(store.cancel(id, NOW + 5, "boris")).isTrue();
        assertThat(store.cancel(id, NOW + 6, "vera")).isFalse();
        assertThat(find(id).endedBy()).isEqualTo("boris");
        assertThat(find(id).endedAt()).isEqualTo(NOW + 5);
        assertThat(take(id, NOW + 1_000)).isEqualTo("cancelled");
        assertThat(store.due(NOW + 1_000, 10).come()).isEmpty();
        assertThat(store.due(NOW + 5 + DAY, 10).over()).containsExactly(id);
        store.drop(id);
        assertThat(store.find(id)).isNull();
        assertThat(store.due(NOW, 10).bytes()).isZero();
    }

    @Test
    void whatWasGivenUpMayTurnOutToBeSent() {
        String id = create(SendingState.SENDING, NOW, null);
        store.fail(id, "backplane_full", NOW + 5);
        assertThat(find(id).stored()).isEqualTo(SendingState.FAILED);
        assertThat(find(id).failure()).isEqualTo("backplane_full");
        store.sent(find(id), "5-0", NOW + 1);
        assertThat(find(id).stored()).isEqualTo(SendingState.SENT);
        assertThat(find(id).failure()).isNull();
        store.fail(id, "backplane_full", NOW + 6);
        assertThat(find(id).stored()).isEqualTo(SendingState.SENT);
    }

    private static RequestKey key(String by, String body) {
        return RequestKey.of(by, "once", body.getBytes(StandardCharsets.UTF_8), Duration.ofMinutes(10));
    }

    @Test
    void aKeyStandsForOneRequestOfOnePerson() {
        SendingEntry first = entry(SendingState.SENDING, NOW, null, PAYLOAD);
        SendingEntry second = entry(SendingState.SENDING, NOW, null, PAYLOAD);
        assertThat(store.create(first, key("irina", "a"), NOW).entered()).isEqualTo(Entered.CREATED);
        assertThat(store.create(second, key("irina", "a"), NOW)).isEqualTo(new Creation(Entered.REPEATED, first.id()));
        assertThat(store.create(second, key("irina", "b"), NOW).entered()).isEqualTo(Entered.REUSED);
        assertThat(store.find(second.id())).isNull();
        assertThat(store.create(second, key("boris", "a"), NOW).entered()).isEqualTo(Entered.CREATED);
        store.release(key("irina", "a"));
        assertThat(store.create(entry(SendingState.SENDING, NOW, null, PAYLOAD), key("irina", "a"), NOW)
                        .entered())
                .isEqualTo(Entered.CREATED);
    }

    @Test
    void noMoreThanAllowedMayWaitAndSendingAtOnceIsAlwaysPossible() {
        SendingStore small = store(DataSize.ofMegabytes(4), 3);
        for (int n = 0; n < 3; n++) {
            assertThat(small.create(entry(SendingState.PLANNED, NOW, null, PAYLOAD), null, NOW)
                            .entered())
                    .isEqualTo(Entered.CREATED);
        }
        assertThat(small.create(entry(SendingState.HELD, NOW, null, PAYLOAD), null, NOW)
                        .entered())
                .isEqualTo(Entered.WAITING);
        String large = "{\"message\":\"" + "x".repeat(250_000) + "\"}";
        List<String> sent = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
            SendingEntry entry = entry(SendingState.SENDING, NOW + n, null, large);
            assertThat(small.create(entry, null, NOW).entered()).isEqualTo(Entered.CREATED);
            small.sent(entry, n + "-0", NOW + n);
            sent.add(entry.id());
        }
        assertThat(small.find(sent.getFirst())).as("forgotten for others").isNull();
        assertThat(small.find(sent.getLast())).isNotNull();
        Due due = small.due(NOW, 10);
        assertThat(due.bytes()).isLessThanOrEqualTo(DataSize.ofMegabytes(4).toBytes());
        assertThat(due.waiting()).as("what waits is not forgotten").isEqualTo(3);
    }

    @Test
    void whatWaitsHasHalfOfTheRoom() {
        SendingStore small = store(DataSize.ofMegabytes(4), 1_000);
        String large = "{\"message\":\"" + "x".repeat(250_000) + "\"}";
        int waiting = 0;
        while (small.create(entry(SendingState.PLANNED, NOW, null, large), null, NOW)
                        .entered()
                == Entered.CREATED) {
            waiting++;
        }
        assertThat(waiting).isEqualTo(8);
        assertThat(small.create(entry(SendingState.SENDING, NOW, null, large), null, NOW)
                        .entered())
                .isEqualTo(Entered.CREATED);
    }

    @Test
    void onlyWhatIsSentAndValidCanBeRecalledAndOnce() {
        String held = create(SendingState.HELD, NOW + 1, null);
        String id = create(SendingState.SENDING, NOW, NOW + 9_000);
        Recalled recalled = new Recalled(id, "5-0");
        assertThat(store.recall(held, new Recalled(held, null), NOW, "boris", NOW))
                .isFalse();
        assertThat(store.recall(id, recalled, NOW, "boris", NOW)).isFalse();
        store.sent(find(id), "5-0", NOW);
        String before = store.due(NOW, 10).recalls();
        assertThat(store.recall(id, recalled, NOW + 9_000, "boris", NOW))
                .as("it has run out")
                .isFalse();
        assertThat(store.recall(id, recalled, NOW + 5, "boris", NOW + 100)).isTrue();
        assertThat(store.recall(id, recalled, NOW + 6, "vera", NOW + 100)).isFalse();
        assertThat(store.due(NOW, 10).recalls()).isNotEqualTo(before);
        assertThat(find(id).stored()).isEqualTo(SendingState.RECALLED);
        assertThat(find(id).endedBy()).isEqualTo("boris");
        assertThat(find(id).state(NOW + 9_000)).isEqualTo(SendingState.RECALLED);
        assertThat(recalls.recalled()).isEqualTo(Map.of(recalled, NOW + 5));
        // Whoever recalled it may have died before it was told.
        assertThat(take(id, NOW + 99)).isEqualTo("early");
        assertThat(take(id, NOW + 100)).isEqualTo("recalled");
        store.told(id);
        assertThat(store.due(NOW + 9_000, 10).come()).doesNotContain(id);
    }

    @Test
    void theLatestRecallsAreKept() {
        Map<Recalled, Long> older = new HashMap<>();
        for (long n = 0; n < RecallStore.MOST; n++) {
            older.put(new Recalled("old" + n, null), n);
        }
        assertThat(recalls.restore(older)).isEqualTo(RecallStore.MOST);
        String id = create(SendingState.SENDING, NOW, null);
        store.sent(find(id), "5-0", NOW);
        assertThat(store.recall(id, new Recalled(id, null), NOW, "boris", NOW)).isTrue();
        assertThat(recalls.recalled())
                .hasSize(RecallStore.MOST)
                .containsKey(new Recalled(id, null))
                .doesNotContainKey(new Recalled("old0", null));
    }

    @Test
    void theListIsReadFromTheNewestAndFromAPlace() {
        List<String> ids = IntStream.range(0, 5)
                .mapToObj(n -> {
                    SendingEntry entry = new SendingEntry(
                            SendingEntry.newId(NOW + n),
                            HEAD,
                            PAYLOAD,
                            SendingState.SENDING,
                            NOW,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null);
                    store.create(entry, null, NOW);
                    return entry.id();
                })
                .toList();
        assertThat(store.idsBefore(null, 3)).containsExactly(ids.get(4), ids.get(3), ids.get(2));
        assertThat(store.idsBefore(ids.get(2), 3)).containsExactly(ids.get(1), ids.get(0));
    }
}
