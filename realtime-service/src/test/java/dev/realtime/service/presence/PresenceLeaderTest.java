package dev.realtime.service.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.service.backplane.OutgoingEvent;
import dev.realtime.service.backplane.PublishedEvent;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.TestCluster;
import dev.realtime.service.presence.UserRegister.Arrival;
import dev.realtime.service.rest.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two instances that would both tell who came and went. */
class PresenceLeaderTest {

    private static final Duration OTHERWISE = Duration.ofSeconds(1);

    private static RedisClient redis;

    private final PresenceUnderTest under = new PresenceUnderTest(redis, "selfSELF", Duration.ZERO);
    private final List<OutgoingEvent> toldByOne = new ArrayList<>();
    private final List<OutgoingEvent> toldByTwo = new ArrayList<>();
    private long leaseClock = 1;
    private long announcerClock = 1;
    private final PresenceLeader one = leader("aaaaAAAA", toldByOne);
    private final PresenceLeader two = leader("bbbbBBBB", toldByTwo);

    @BeforeAll
    static void start() {
        redis = new RedisClient();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private PresenceLeader leader(String name, List<OutgoingEvent> told) {
        Announcer announcer = new Announcer(
                under.users,
                event -> {
                    told.add(event);
                    return new PublishedEvent("1-1", false);
                },
                under.properties,
                new SimpleMeterRegistry(),
                () -> announcerClock);
        Reaper reaper = new Reaper(
                under.registry,
                new ClusterClock(Clock.systemUTC()),
                under.owners,
                under.users,
                under.sent::add,
                under.view,
                under.properties);
        return new PresenceLeader(TestCluster.lease(under.redis, name, () -> leaseClock), announcer, reaper);
    }

    private void enter(int... users) {
        for (int user : users) {
            under.users.enter("ccccCCCC", "g", List.of(new Arrival("u" + user, "{}", false)));
        }
    }

    private void aSecondPasses() {
        leaseClock += Duration.ofSeconds(1).toNanos();
        announcerClock += Duration.ofSeconds(1).toNanos();
    }

    @Test
    void onlyTheOneThatLeadsTells() {
        one.beat();
        enter(1);
        two.beat();
        assertThat(toldByTwo).isEmpty();
        one.beat();
        assertThat(toldByOne).hasSize(1);
    }

    @Test
    void whenTheLeaderEndsTheOtherLeadsAtOnce() {
        one.beat();
        one.stop();
        enter(1);
        two.beat();
        assertThat(toldByTwo).hasSize(1);
    }

    @Test
    void whenTheLeaderDiesTheOtherLeadsOnceItsLeaseIsOver() {
        one.beat();
        enter(1);
        redis.expire("realtime:{instances}:leader");
        two.beat();
        assertThat(toldByTwo).hasSize(1);
        aSecondPasses();
        one.beat();
        assertThat(toldByOne).isEmpty();
    }

    @Test
    void theLeaderBeatsOftenWhileAnybodyWaits() {
        for (int user = 0; user <= under.properties.announcementsPerSecond(); user++) {
            enter(user);
        }
        assertThat(one.beat()).isLessThan(OTHERWISE);
        assertThat(two.beat()).as("one that does not lead").isEqualTo(OTHERWISE);
    }

    @Test
    void withoutRedisNothingIsToldAndAfterwardsAll() {
        one.beat();
        enter(1);
        redis.away(true);
        aSecondPasses();
        assertThat(one.beat()).isEqualTo(OTHERWISE);
        assertThat(toldByOne).isEmpty();
        redis.away(false);
        one.beat();
        assertThat(toldByOne).hasSize(1);
    }
}
