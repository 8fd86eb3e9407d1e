package dev.realtime.service.sendings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.Room;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.fanout.Withheld.Reason;
import dev.realtime.service.payload.KnownMembers;
import dev.realtime.service.payload.SendingRef;
import dev.realtime.service.rest.RedisClient;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecallsTest {

    private static final long NOW = 1_900_000_000_000L;

    private static RedisClient redis;

    private final RecallStore store = new RecallStore(redis.template());
    private final Recalls recalls = new Recalls(store, () -> NOW);

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

    private static PositionedEvent event(String name, String sending) {
        return new PositionedEvent(
                StreamId.parse("5-0"), name, new byte[2], List.of(Room.OPERATORS), null, new SendingRef(sending, null));
    }

    @Test
    void whatWasRecalledIsKnownBeforeThePortOpens() throws Exception {
        store.restore(Map.of(new Recalled("aa", "7-0"), NOW, new Recalled("bb", null), NOW));
        CompletionStage<?> opened = recalls.opened();
        redis.away(true);
        recalls.restart(StreamId.parse("1-0"));
        redis.away(false);
        opened.toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(recalls.test(event("notification", "aa"))).isTrue();
        assertThat(recalls.test(event("notification", "bb"))).isTrue();
        assertThat(recalls.test(event("notification", "cc"))).isFalse();
        assertThat(recalls.isRecalled("7-0")).isTrue();
        assertThat(recalls.isRecalled("8-0")).isFalse();
    }

    @Test
    void theStreamTellsOfARecallWhichItselfIsNotWithheld() {
        PositionedEvent recall = event("notification:recalled", "aa");
        assertThat(recalls.test(event("notification", "aa"))).isFalse();
        recalls.append(recall, KnownMembers.NONE);
        assertThat(recalls.test(event("notification", "aa"))).isTrue();
        assertThat(recalls.test(recall)).isFalse();
    }

    @Test
    void whatHasRunOutIsWithheld() {
        assertThat(recalls.reason(new SendingRef(null, Instant.ofEpochMilli(NOW))))
                .isEqualTo(Reason.EXPIRED);
        assertThat(recalls.reason(new SendingRef(null, Instant.ofEpochMilli(NOW + 1))))
                .isNull();
        assertThat(recalls.reason(new SendingRef("aa", null))).isNull();
    }

    @Test
    void whatRedisHasLostIsPutBack() {
        recalls.append(event("notification:recalled", "aa"), KnownMembers.NONE);
        store.restore(Map.of(new Recalled("bb", null), NOW));
        recalls.refresh("0:1");
        assertThat(store.recalled()).isEqualTo(Map.of(new Recalled("aa", null), 5L, new Recalled("bb", null), NOW));
        assertThat(recalls.test(event("notification", "bb"))).isTrue();
        redis.clear();
        recalls.refresh("0:1");
        assertThat(store.recalled())
                .as("nothing has changed, as far as it was told")
                .isEmpty();
        recalls.refresh("0:0");
        assertThat(store.recalled()).hasSize(2);
    }
}
