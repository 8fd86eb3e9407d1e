package dev.realtime.service.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.PresenceBatch;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.cluster.TestCluster;
import dev.realtime.service.rest.RedisClient;
import dev.realtime.stream.binder.redis.StreamSubscription;
import dev.realtime.stream.binder.redis.StreamSubscriptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an instance knows of another one that writes its books, and whose batches the test hands over or keeps. */
class ViewKeeperTest {

    private static final String OTHER = "bbbbBBBB";
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration NOT_YET = Duration.ofMillis(50);

    private static RedisClient redis;

    private final PresenceUnderTest under = new PresenceUnderTest(redis, "selfSELF", Duration.ZERO);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final StreamSubscriptions subscriptions = new StreamSubscriptions();
    private final Reader reader = new Reader();
    private final ViewKeeper keeper =
            new ViewKeeper(under.view, under.owners, under.registry, subscriptions, under.self(), metrics);
    private final List<PresenceBatch> batches = new ArrayList<>();

    @BeforeAll
    static void start() {
        redis = new RedisClient();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    /** Stands where the reader of the destination would. */
    private static final class Reader implements StreamSubscription {

        private boolean started;

        @Override
        public String bindingName() {
            return ViewKeeper.BINDING;
        }

        @Override
        public String stream() {
            return "presence";
        }

        @Override
        public @Nullable String group() {
            return null;
        }

        @Override
        public @Nullable String position() {
            return null;
        }

        @Override
        public boolean isStarted() {
            return started;
        }

        @Override
        public boolean isConnected() {
            return started;
        }

        @Override
        public @Nullable Throwable failure() {
            return null;
        }

        @Override
        public boolean isPaused() {
            return false;
        }

        @Override
        public boolean isHandling() {
            return false;
        }

        @Override
        public Duration sinceLastPoll() {
            return Duration.ZERO;
        }
    }

    private static SocketPresence socket(String id, Room... rooms) {
        return RedisBooks.socket(id, OTHER, 17, null, rooms);
    }

    private OwnLedger other(SocketPresence... sockets) {
        OwnLedger ledger = under.other(OTHER, batches, sockets);
        under.isHeard(OTHER);
        TestCluster.beat(under.registry);
        return ledger;
    }

    private void listen() {
        reader.started = true;
        subscriptions.add(reader);
    }

    private double reread() {
        return metrics.counter("realtime.presence.reread").count();
    }

    private boolean isKnown() {
        return keeper.opened().toCompletableFuture().isDone();
    }

    @Test
    void nothingIsReadBeforeEveryLaterBatchWillBeHeard() {
        other(socket("s"));
        assertThat(keeper.beat()).isEqualTo(NOT_YET);
        subscriptions.add(reader);
        assertThat(keeper.beat()).isEqualTo(NOT_YET);
        assertThat(isKnown()).isFalse();
        assertThat(under.view.sockets()).isEmpty();
        reader.started = true;
        keeper.beat();
        assertThat(isKnown()).isTrue();
    }

    @Test
    void nothingIsReadBeforeTheInstancesAreKnown() {
        under.other(OTHER, batches, socket("s"));
        under.isHeard(OTHER);
        listen();
        assertThat(keeper.beat()).isEqualTo(NOT_YET);
        assertThat(isKnown()).isFalse();
        TestCluster.beat(under.registry);
        keeper.beat();
        assertThat(under.view.sockets()).containsExactly(socket("s"));
    }

    @Test
    void atTheStartTheOthersSocketsAreRead() {
        other(socket("s", Room.OPERATORS));
        listen();
        keeper.beat();
        assertThat(under.view.sockets()).containsExactly(socket("s", Room.OPERATORS));
        assertThat(reread()).as("read, and not again").isZero();
    }

    @Test
    void aStartWithoutRedisIsTriedAgain() {
        other(socket("s"));
        listen();
        redis.away(true);
        assertThat(keeper.beat()).isEqualTo(NOT_YET);
        assertThat(isKnown()).isFalse();
        redis.away(false);
        keeper.beat();
        assertThat(under.view.sockets()).containsExactly(socket("s"));
    }

    @Test
    void aBatchThatFollowsIsTakenWithoutReading() {
        OwnLedger ledger = other(socket("s"));
        listen();
        keeper.beat();
        PresenceUnderTest.write(ledger, socket("t"));
        redis.away(true);
        keeper.onBatch(batches.getLast());
        assertThat(under.view.sockets()).containsExactlyInAnyOrder(socket("s"), socket("t"));
        assertThat(reread()).isZero();
    }

    @Test
    void afterAMissedBatchTheEntriesAreReadAgain() {
        OwnLedger ledger = other(socket("s"));
        listen();
        keeper.beat();
        PresenceUnderTest.write(ledger, socket("missed"));
        PresenceUnderTest.write(ledger, socket("t"));
        keeper.onBatch(batches.getLast());
        assertThat(under.view.sockets()).containsExactlyInAnyOrder(socket("s"), socket("missed"), socket("t"));
        assertThat(reread()).isEqualTo(1);
    }

    @Test
    void whatCouldNotBeReadAfterAMissedBatchIsReadAtALaterLook() {
        OwnLedger ledger = other(socket("s"));
        listen();
        keeper.beat();
        PresenceUnderTest.write(ledger, socket("missed"));
        PresenceUnderTest.write(ledger, socket("t"));
        redis.away(true);
        keeper.onBatch(batches.getLast());
        redis.away(false);
        keeper.beat();
        keeper.beat();
        assertThat(under.view.sockets()).containsExactlyInAnyOrder(socket("s"), socket("missed"), socket("t"));
    }

    @Test
    void whatIsOnItsWayIsWaitedForUntilTheNextLook() {
        OwnLedger ledger = other(socket("s"));
        listen();
        keeper.beat();
        PresenceUnderTest.write(ledger, socket("t"));
        assertThat(keeper.beat()).isEqualTo(SOON);
        assertThat(under.view.sockets()).containsExactly(socket("s"));
        keeper.onBatch(batches.getLast());
        assertThat(keeper.beat()).isGreaterThan(SOON);
        assertThat(reread()).isZero();
    }

    @Test
    void whatHasNotComeByTheNextLookWasMissed() {
        OwnLedger ledger = other(socket("s"));
        listen();
        keeper.beat();
        PresenceUnderTest.write(ledger, socket("t"));
        keeper.beat();
        keeper.beat();
        assertThat(under.view.sockets()).containsExactlyInAnyOrder(socket("s"), socket("t"));
        assertThat(reread()).isEqualTo(1);
    }

    @Test
    void aMissedGenerationIsReadAtTheNextLook() {
        other(socket("s"));
        listen();
        keeper.beat();
        OwnLedger again = under.ledger(OTHER, batches);
        again.begin("h", false);
        keeper.beat();
        keeper.beat();
        assertThat(under.view.sockets()).isEmpty();
        assertThat(under.view.position(OTHER)).isEqualTo(new OwnerRegister.Position("h", 0));
    }

    @Test
    void anInstanceThatIsGoneIsDroppedEvenWhenItsFarewellWasMissed() {
        OwnLedger ledger = other(socket("s"));
        listen();
        keeper.beat();
        ledger.end("g");
        keeper.beat();
        assertThat(under.view.instances()).doesNotContain(OTHER);
        assertThat(under.view.sockets()).isEmpty();
    }

    @Test
    void aDeadInstanceIsThereUntilItIsOffTheBooks() {
        under.other(OTHER, batches, socket("s"));
        under.isSilent(OTHER, Duration.ofMinutes(1));
        under.knowsWhoIsSilent();
        listen();
        keeper.beat();
        assertThat(under.view.sockets()).containsExactly(socket("s"));
        under.owners.reap(OTHER);
        keeper.beat();
        assertThat(under.view.sockets()).isEmpty();
    }

    @Test
    void thisInstancesOwnSocketsAreNotItsAffair() {
        SocketPresence own = RedisBooks.socket("own", "selfSELF", 18, null);
        under.view.change("selfSELF", List.of(own), List.of());
        other();
        listen();
        keeper.beat();
        keeper.beat();
        assertThat(under.view.sockets()).containsExactly(own);
    }
}
