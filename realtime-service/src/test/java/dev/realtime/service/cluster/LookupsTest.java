package dev.realtime.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which questions reach Redis, with a clock that stands until it is moved. */
class LookupsTest {

    private static final Instance FOUND =
            new Instance("BBBBBBBB", Protocol.VERSION, true, "h:1", "1", Duration.ZERO, Map.of(), Map.of());
    private static final long UNKNOWN_FOR = TimeUnit.SECONDS.toNanos(2);

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private volatile boolean waits;
    private volatile boolean fails;
    private volatile long now = 1;
    private final Lookups lookups = new Lookups(this::ask, () -> now);

    private Optional<Instance> ask(String name) {
        asked.add(name);
        if (waits) {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        if (fails) {
            throw new IllegalStateException("Redis is unavailable, as the test wants it");
        }
        return name.startsWith("known") ? Optional.of(FOUND) : Optional.empty();
    }

    private Optional<Instance> find(String name) throws Exception {
        return lookups.find(name).get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void goOn() {
        goOn.countDown();
    }

    @Test
    void whatRedisKnowsIsFoundAndAskedForEachTime() throws Exception {
        assertThat(find("known")).contains(FOUND);
        assertThat(find("known")).contains(FOUND);
        assertThat(asked).hasSize(2);
    }

    @Test
    void allWhoAskAtTheSameTimeHaveOneAnswer() throws Exception {
        waits = true;
        var first = lookups.find("known");
        var second = lookups.find("known");
        goOn.countDown();
        assertThat(first.get(30, TimeUnit.SECONDS)).contains(FOUND);
        assertThat(second.get(30, TimeUnit.SECONDS)).contains(FOUND);
        assertThat(asked).hasSize(1);
    }

    @Test
    void anUnknownNameIsNotAskedForAgainForTwoSeconds() throws Exception {
        assertThat(find("other")).isEmpty();
        now += UNKNOWN_FOR - 1;
        assertThat(find("other")).isEmpty();
        assertThat(asked).hasSize(1);
        now += 1;
        assertThat(find("other")).isEmpty();
        assertThat(asked).hasSize(2);
    }

    @Test
    void whatRedisDidNotAnswerIsUnknownAndAskedForAgain() throws Exception {
        fails = true;
        assertThat(find("known")).isEmpty();
        fails = false;
        assertThat(find("known")).contains(FOUND);
    }

    @Test
    void aLookupThatHangsEndsUnknown() throws Exception {
        waits = true;
        assertThat(find("known")).isEmpty();
    }

    @Test
    void beyondSixtyFourUnderWayANameIsUnknownAtOnce() throws Exception {
        waits = true;
        List<CompletableFuture<Optional<Instance>>> pending = new ArrayList<>();
        for (int n = 0; n < 64; n++) {
            pending.add(lookups.find("known" + n));
        }
        assertThat(lookups.find("known-too")).isCompletedWithValueMatching(answer -> answer.isEmpty());
        assertThat(lookups.find("known0")).as("one that is under way").isSameAs(pending.getFirst());
        goOn.countDown();
        for (var each : pending) {
            each.get(30, TimeUnit.SECONDS);
        }
        assertThat(asked).doesNotContain("known-too");
        assertThat(find("known-too")).contains(FOUND);
    }

    @Test
    void howManyUnknownNamesAreRememberedIsBoundedUntilThereIsRoom() throws Exception {
        for (int n = 0; n < 1_000; n++) {
            find("other" + n);
        }
        find("one too many");
        find("one too many");
        assertThat(asked).hasSize(1_002);
        now += UNKNOWN_FOR + 1;
        lookups.forgetUnknown();
        find("one too many");
        find("one too many");
        assertThat(asked).hasSize(1_003);
    }
}
