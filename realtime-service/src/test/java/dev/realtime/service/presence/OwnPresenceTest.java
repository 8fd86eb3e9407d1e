package dev.realtime.service.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.PresenceBatch;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.cluster.TestCluster;
import dev.realtime.service.fanout.Member;
import dev.realtime.service.fanout.RoomIndex;
import dev.realtime.service.presence.UserRegister.Kind;
import dev.realtime.service.rest.RedisClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Members of this instance's rooms, what Redis has of them, and what another instance makes of the batches. */
class OwnPresenceTest {

    private static final String SELF = "abcdEFGH";
    private static final String STATE = "realtime:{presence:" + SELF + "}:state";

    private static RedisClient redis;

    private final PresenceUnderTest under = new PresenceUnderTest(redis, SELF, Duration.ZERO);
    private final OwnChanges changes = new OwnChanges();
    private final RoomIndex index = new RoomIndex(changes);
    private final OwnPresence presence = new OwnPresence(
            changes, under.view, under.owners, under.ledger(SELF, under.sent), under.registry, under.self());

    @BeforeAll
    static void start() {
        redis = new RedisClient();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private Member enter(String socketId, Object user, Room... rooms) {
        Member member = index.enter(new OwnSocket(socketId, user));
        for (Room room : rooms) {
            member.join(room, 10);
        }
        return member;
    }

    /** As {@link #enter}, at a later time than every member before. */
    private Member enterLater(Member before, String socketId, Object user, Room... rooms) {
        while (!Instant.now().isAfter(before.enteredAt().plusMillis(1))) {
            Thread.onSpinWait();
        }
        return enter(socketId, user, rooms);
    }

    private Map<String, List<Room>> inView() {
        return rooms(under.view.sockets());
    }

    private Map<String, List<Room>> inRedis() {
        return under.owners
                .read(SELF)
                .map(owner -> rooms(owner.sockets().values()))
                .orElse(Map.of());
    }

    private static Map<String, List<Room>> rooms(Collection<SocketPresence> sockets) {
        return sockets.stream().collect(Collectors.toMap(SocketPresence::socketId, SocketPresence::rooms));
    }

    /** What an instance knows that heard all that was sent. */
    private Map<String, List<Room>> heardByOthers() {
        ClusterView other = new ClusterView();
        assertThat(under.sent).allMatch(other::apply);
        return rooms(other.sockets());
    }

    /** Everything in Redis is another instance's by now, or lost. */
    private void entriesAreTaken() {
        under.owners.reap(SELF);
        under.owners.forgetRemains(SELF);
    }

    @Test
    void aSocketIsInTheViewBeforeRedisHearsOfIt() {
        presence.beat();
        enter("s", 17, Room.OPERATORS);
        presence.collect();
        assertThat(inView()).isEqualTo(Map.of("s", List.of(Room.OPERATORS)));
        assertThat(inRedis()).isEmpty();
    }

    @Test
    void aBeatTellsRedisAndTheOthersWhatChanged() {
        Member member = enter("s", 17, Room.OPERATORS);
        presence.beat();
        assertThat(inRedis()).isEqualTo(Map.of("s", List.of(Room.OPERATORS)));
        member.join(Room.order("1"), 10);
        enter("t", 18);
        presence.beat();
        Map<String, List<Room>> now = Map.of("s", List.of(Room.OPERATORS, Room.order("1")), "t", List.of());
        assertThat(inRedis()).isEqualTo(now);
        assertThat(heardByOthers()).isEqualTo(now);
        assertThat(under.isOnlineInRedis("17")).isTrue();
    }

    @Test
    void aSocketThatCameAndWentBetweenTwoBeatsIsNotToldOf() {
        presence.beat();
        enter("s", 17).leaveAll();
        presence.beat();
        assertThat(under.sent).extracting(PresenceBatch::number).containsExactly(0L);
        assertThat(inView()).isEmpty();
    }

    @Test
    void whatDidNotChangeIsNotWritten() {
        enter("s", 17);
        presence.beat();
        int batches = under.sent.size();
        presence.beat();
        assertThat(under.sent).hasSize(batches);
    }

    @Test
    void aMemberThatLeavesAfterAnotherWithItsSocketIdEnteredTakesNothingAway() {
        Member first = enter("s", 17, Room.order("1"));
        presence.beat();
        enterLater(first, "s", 17, Room.order("2"));
        presence.beat();
        first.leaveAll();
        presence.beat();
        Map<String, List<Room>> second = Map.of("s", List.of(Room.order("2")));
        assertThat(inView()).isEqualTo(second);
        assertThat(inRedis()).isEqualTo(second);
        assertThat(heardByOthers()).isEqualTo(second);
        assertThat(under.isOnlineInRedis("17")).isTrue();
    }

    @Test
    void aMemberThatLeavesWhileAnotherWithItsSocketIdEntersTakesNothingAway() {
        Member first = enter("s", 17, Room.order("1"));
        presence.beat();
        first.leaveAll();
        enterLater(first, "s", 17, Room.order("2"));
        presence.beat();
        Map<String, List<Room>> second = Map.of("s", List.of(Room.order("2")));
        assertThat(inView()).isEqualTo(second);
        assertThat(inRedis()).isEqualTo(second);
        assertThat(heardByOthers()).isEqualTo(second);
    }

    @Test
    void aMemberThatChangesAfterAnotherWithItsSocketIdEnteredDoesNotTakeItsPlace() {
        Member first = enter("s", 17, Room.order("1"));
        enterLater(first, "s", 17, Room.order("2"));
        presence.beat();
        first.join(Room.order("3"), 10);
        presence.beat();
        assertThat(inRedis()).isEqualTo(Map.of("s", List.of(Room.order("2"))));
    }

    @Test
    void theLaterOneOfTwoWithOneSocketIdTakesTheSocketWithIt() {
        Member first = enter("s", 17);
        Member second = enterLater(first, "s", 17);
        presence.beat();
        first.leaveAll();
        second.leaveAll();
        presence.beat();
        assertThat(inView()).isEmpty();
        assertThat(inRedis()).isEmpty();
        assertThat(under.isOnlineInRedis("17")).isFalse();
    }

    @Test
    void aNewGenerationBeginsWithAllMembers() {
        Member first = enter("s", 17, Room.OPERATORS);
        enter("t", 18, Room.order("1"));
        presence.beat();
        String before = under.owners.position(SELF).orElseThrow().generation();
        entriesAreTaken();
        first.join(Room.order("2"), 10);
        presence.beat();
        assertThat(inRedis()).as("the generation is over").isEmpty();
        presence.beat();
        Map<String, List<Room>> all =
                Map.of("s", List.of(Room.OPERATORS, Room.order("2")), "t", List.of(Room.order("1")));
        assertThat(inRedis()).isEqualTo(all);
        assertThat(heardByOthers()).isEqualTo(all);
        assertThat(under.owners.position(SELF).orElseThrow().generation()).isNotEqualTo(before);
    }

    @Test
    void whoLeftWhileTheGenerationEndedIsNotInTheNext() {
        Member gone = enter("s", 17);
        enter("t", 18);
        presence.beat();
        entriesAreTaken();
        gone.leaveAll();
        presence.beat();
        presence.beat();
        assertThat(inRedis()).containsOnlyKeys("t");
    }

    @Test
    void thisInstanceIsInTheRegisterBeforeItsEntriesAre() {
        presence.beat();
        assertThat(under.isRegistered(SELF)).isTrue();
    }

    @Test
    void whileRedisIsAwayNothingIsLostAndTheViewGoesOn() {
        Member going = enter("s", 17);
        Member moving = enter("t", 18, Room.order("1"));
        presence.beat();
        redis.away(true);
        going.leaveAll();
        moving.leave(Room.order("1"));
        presence.beat();
        moving.join(Room.order("2"), 10);
        enter("u", 19);
        presence.beat();
        Map<String, List<Room>> now = Map.of("t", List.of(Room.order("2")), "u", List.of());
        assertThat(inView()).isEqualTo(now);
        redis.away(false);
        presence.beat();
        assertThat(inRedis()).isEqualTo(now);
        assertThat(heardByOthers()).isEqualTo(now);
        assertThat(under.isOnlineInRedis("17")).isFalse();
        assertThat(under.isOnlineInRedis("19")).isTrue();
    }

    @Test
    void anInstanceThatStartsWithoutRedisBeginsWhenItIsThere() {
        redis.away(true);
        enter("s", 17);
        presence.beat();
        assertThat(inView()).containsOnlyKeys("s");
        redis.away(false);
        presence.beat();
        assertThat(inRedis()).containsOnlyKeys("s");
    }

    @Test
    void whoIsHereWhenRedisLostItsDataIsNoNewsAndWhoWentIsToldOf() {
        Member going = enter("s", 17);
        Member staying = enter("t", 18);
        presence.beat();
        under.decisions().values().forEach(under.users::told);
        redis.clear();
        going.leaveAll();
        staying.join(Room.order("1"), 10);
        presence.beat();
        presence.beat();
        assertThat(inRedis()).containsOnlyKeys("t");
        Map<String, UserRegister.Decision> decisions = under.decisions();
        assertThat(decisions.get("18").kind()).isEqualTo(Kind.NOTHING);
        assertThat(decisions.get("17").kind()).isEqualTo(Kind.TELL);
        assertThat(decisions.get("17").what()).startsWith("offline:");
    }

    @Test
    void anOrderlyEndLeavesNothingBehind() {
        enter("s", 17);
        TestCluster.beat(under.registry);
        presence.beat();
        presence.stop();
        under.registry.stop();
        assertThat(under.owners.isThere(SELF)).isFalse();
        assertThat(under.isOnlineInRedis("17")).isFalse();
        assertThat(under.isRegistered(SELF)).isFalse();
        assertThat(heardByOthers()).isEmpty();
    }

    @Test
    void anEndWithoutRedisLeavesTheInstanceInTheRegisterToBeFound() {
        enter("s", 17);
        TestCluster.beat(under.registry);
        presence.beat();
        redis.away(true);
        presence.stop();
        redis.away(false);
        under.registry.stop();
        assertThat(under.isRegistered(SELF)).isTrue();
        assertThat(redis.template().hasKey(STATE)).isTrue();
    }
}
