package dev.realtime.service.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.contracts.PresenceBatch;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.TestCluster;
import dev.realtime.service.presence.UserRegister.Decision;
import dev.realtime.service.presence.UserRegister.Kind;
import dev.realtime.service.rest.RedisClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** What becomes of the books of an instance that has been silent for a minute. */
class ReaperTest {

    private static final String DEAD = "deadDEAD";
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private static RedisClient redis;

    private final PresenceUnderTest under = new PresenceUnderTest(redis, "selfSELF", Duration.ofSeconds(30));
    private final Reaper reaper = new Reaper(
            under.registry,
            new ClusterClock(Clock.systemUTC()),
            under.owners,
            under.users,
            under.sent::add,
            under.view,
            under.properties);
    private final List<PresenceBatch> batches = new ArrayList<>();

    @BeforeAll
    static void start() {
        redis = new RedisClient();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private static SocketPresence socket(String id, String instance, Object user) {
        return RedisBooks.socket(id, instance, user, null);
    }

    /** An instance that had two sockets of the user 17, who was told to be online, and has died. */
    private void die() {
        under.other(DEAD, batches, socket("s", DEAD, 17), socket("t", DEAD, 17));
        batches.forEach(under.view::apply);
        under.decisions().values().forEach(under.users::told);
        under.isSilent(DEAD, SILENCE);
        under.knowsWhoIsSilent();
    }

    @Test
    void aDeadInstanceIsOffTheBooksAndOutOfTheRegister() {
        die();
        reaper.reap();
        assertThat(under.owners.isThere(DEAD)).isFalse();
        assertThat(under.isRegistered(DEAD)).isFalse();
        assertThat(redis.template().keys("realtime:{presence:" + DEAD + "}*")).isEmpty();
    }

    @Test
    void itsSocketsAreGoneFromTheViewAndTheOthersAreTold() {
        die();
        assertThat(under.view.sockets()).hasSize(2);
        reaper.reap();
        assertThat(under.view.sockets()).isEmpty();
        assertThat(under.sent).singleElement().satisfies(batch -> {
            assertThat(batch.instance()).isEqualTo(DEAD);
            assertThat(batch.generation()).isEqualTo("g");
            assertThat(batch.endsInstance()).isTrue();
        });
    }

    @Test
    void itsUsersWereLastSeenAtItsLastBeatSoThatTheGraceIsOver() {
        die();
        reaper.reap();
        Decision decision = under.decisions().get("17");
        assertThat(decision.kind()).isEqualTo(Kind.TELL);
        assertThat(decision.what()).startsWith("offline:");
    }

    @Test
    void aUserWhoIsOnAnotherInstanceStaysOnline() {
        die();
        under.other("bbbbBBBB", batches, socket("u", "bbbbBBBB", 17));
        reaper.reap();
        assertThat(under.isOnlineInRedis("17")).isTrue();
        assertThat(under.decisions().get("17").kind()).isEqualTo(Kind.NOTHING);
    }

    @Test
    void anInstanceThatIsHeardIsLeftAlone() {
        under.other(DEAD, batches, socket("s", DEAD, 17));
        under.isHeard(DEAD);
        under.knowsWhoIsSilent();
        reaper.reap();
        assertThat(under.owners.read(DEAD)).isPresent();
        assertThat(under.isRegistered(DEAD)).isTrue();
        assertThat(under.sent).isEmpty();
    }

    @Test
    void nobodyIsTakenForDeadBeforeEverybodyHadTheTimeToBeat() {
        under.other(DEAD, batches, socket("s", DEAD, 17));
        under.isSilent(DEAD, SILENCE);
        TestCluster.beat(under.registry);
        reaper.reap();
        assertThat(under.owners.read(DEAD)).isPresent();
    }

    @Test
    void anInstanceWithoutBooksIsTakenOutOfTheRegister() {
        under.isSilent(DEAD, SILENCE);
        under.knowsWhoIsSilent();
        reaper.reap();
        assertThat(under.isRegistered(DEAD)).isFalse();
        assertThat(under.sent).isEmpty();
    }

    @Test
    void whatAnotherInstanceBeganAndLeftIsEnded() {
        die();
        under.owners.reap(DEAD);
        reaper.reap();
        assertThat(under.decisions().get("17").what()).startsWith("offline:");
        assertThat(under.owners.isThere(DEAD)).isFalse();
    }

    @Test
    void whatRedisDidNotAnswerIsDoneTheNextTime() {
        die();
        redis.away(true);
        assertThatThrownBy(reaper::reap).isInstanceOf(DataAccessException.class);
        redis.away(false);
        reaper.reap();
        assertThat(under.owners.isThere(DEAD)).isFalse();
        assertThat(under.isOnlineInRedis("17")).isFalse();
    }

    @Test
    void anInstanceThatCameBackMeanwhileKeepsItsNewGeneration() {
        die();
        under.owners.reap(DEAD);
        under.owners.begin(DEAD, "h");
        under.isHeard(DEAD);
        reaper.reap();
        assertThat(under.owners.position(DEAD)).contains(new OwnerRegister.Position("h", 0));
        assertThat(under.isRegistered(DEAD)).isTrue();
    }

    @Test
    void booksOfAnotherProtocolVersionAreLeftToWhoCanReadThem() {
        die();
        redis.template().opsForHash().put("realtime:{presence:" + DEAD + "}:state", "protocol", "98");
        reaper.reap();
        assertThat(under.owners.isThere(DEAD)).isTrue();
        assertThat(under.isRegistered(DEAD)).as("so that it is found").isTrue();
        assertThat(under.isOnlineInRedis("17")).isTrue();
    }
}
