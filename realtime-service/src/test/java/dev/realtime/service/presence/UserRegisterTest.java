package dev.realtime.service.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.service.presence.UserRegister.Arrival;
import dev.realtime.service.presence.UserRegister.Decision;
import dev.realtime.service.presence.UserRegister.Due;
import dev.realtime.service.presence.UserRegister.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.connection.RedisServerCommands;
import org.springframework.data.redis.core.RedisCallback;

/** Users on two instances: what is decided of them, and when they are looked at. */
class UserRegisterTest {

    private static final String A = "aaaaAAAA";
    private static final String B = "bbbbBBBB";
    private static final String USER = "realtime:{user:17}";
    private static final String DUE = "realtime:{presence}:due";
    private static final Duration GRACE = Duration.ofMinutes(5);

    private static RedisBooks books;

    private UserRegister users;

    @BeforeAll
    static void start() {
        books = new RedisBooks();
    }

    @AfterAll
    static void stop() {
        books.close();
    }

    @BeforeEach
    void empty() {
        books.clear();
        users = new UserRegister(books.redis, RedisBooks.properties(GRACE));
    }

    private void enter(String instance) {
        enter(instance, false);
    }

    private void enter(String instance, boolean toldBefore) {
        users.enter(instance, "g", List.of(new Arrival("17", "{\"userId\":17}", toldBefore)));
    }

    private void leave(String instance, @Nullable Instant at) {
        users.leave(instance, "g", List.of("17"), at);
    }

    /** As if the grace were over since the user left. */
    private static void graceIsOver() {
        books.redis.opsForHash().put(USER, "gone", String.valueOf(redisMillis() - GRACE.toMillis()));
    }

    private static long redisMillis() {
        return Objects.requireNonNull(books.redis.execute((RedisCallback<Long>) connection -> {
            RedisServerCommands commands = connection.serverCommands();
            return commands.time();
        }));
    }

    /** What is decided of the user, whether or not anybody has to look. */
    private Decision decision() {
        Double since = books.redis.opsForZSet().score(DUE, "17");
        return users.decide(List.of(new Due("17", since == null ? "0" : String.format("%.0f", since))))
                .getFirst();
    }

    private Kind kind() {
        return decision().kind();
    }

    /** Tells what is to be told, and answers it without its time. */
    private String tell() {
        Decision decision = decision();
        assertThat(decision.kind()).isEqualTo(Kind.TELL);
        users.told(decision);
        return decision.what().substring(0, decision.what().indexOf(':'));
    }

    @Test
    void aUserWhoEntersIsToldToBeOnlineWithWhoThatIs() {
        enter(A);
        assertThat(users.due(10)).extracting(Due::userKey).containsExactly("17");
        assertThat(decision().who()).isEqualTo("{\"userId\":17}");
        assertThat(tell()).isEqualTo("online");
        assertThat(kind()).isEqualTo(Kind.NOTHING);
        assertThat(users.waiting()).isZero();
    }

    @Test
    void aUserWhoEntersAnotherInstanceTooIsNotToldAgain() {
        enter(A);
        tell();
        enter(B);
        assertThat(kind()).isEqualTo(Kind.NOTHING);
    }

    @Test
    void aUserWhoEntersTwiceBeforeTheirTurnIsToldOnce() {
        enter(A);
        enter(A);
        tell();
        assertThat(users.due(10)).isEmpty();
        assertThat(kind()).isEqualTo(Kind.NOTHING);
    }

    @Test
    void aUserWhoWasToldBeforeRedisLostItsDataIsNoNews() {
        enter(A, true);
        assertThat(kind()).isEqualTo(Kind.NOTHING);
        leave(A, null);
        graceIsOver();
        assertThat(tell()).isEqualTo("offline");
    }

    @Test
    void aUserWhoLeavesIsLookedAtAfterTheGrace() {
        enter(A);
        tell();
        leave(A, null);
        assertThat(users.due(10)).isEmpty();
        Decision later = decision();
        assertThat(later.kind()).isEqualTo(Kind.LATER);
        long gone = Long.parseLong(String.valueOf(books.redis.opsForHash().get(USER, "gone")));
        assertThat(later.what()).isEqualTo(String.valueOf(gone + GRACE.toMillis()));
        users.settle(List.of(later));
        assertThat(books.redis.opsForZSet().score(DUE, "17")).isEqualTo(gone + GRACE.toMillis());
    }

    @Test
    void aUserWhoStaysAwayIsToldToBeOfflineAndForgotten() {
        enter(A);
        tell();
        leave(A, null);
        graceIsOver();
        assertThat(tell()).isEqualTo("offline");
        assertThat(books.redis.hasKey(USER)).isFalse();
        assertThat(users.waiting()).isZero();
    }

    @Test
    void aUserWhoComesBackWithinTheGraceIsNotToldOf() {
        enter(A);
        tell();
        leave(A, null);
        enter(B);
        graceIsOver();
        assertThat(kind()).isEqualTo(Kind.NOTHING);
    }

    @Test
    void theGraceBeginsAnewWithTheNextLeaving() {
        enter(A);
        tell();
        leave(A, null);
        graceIsOver();
        enter(A);
        leave(A, null);
        assertThat(kind()).isEqualTo(Kind.LATER);
    }

    @Test
    void aLeavingThatIsToldTwiceDoesNotProlongTheGrace() {
        enter(A);
        tell();
        leave(A, null);
        graceIsOver();
        leave(A, null);
        assertThat(tell()).isEqualTo("offline");
    }

    @Test
    void aUserWhoIsOnAnotherInstanceStaysOnline() {
        enter(A);
        enter(B);
        tell();
        leave(A, null);
        assertThat(kind()).isEqualTo(Kind.NOTHING);
        assertThat(books.redis.opsForHash().hasKey(USER, "gone")).isFalse();
    }

    @Test
    void aUserOfADeadInstanceHasBeenAwaySinceItWasHeardLast() {
        enter(A);
        tell();
        leave(A, Instant.ofEpochMilli(redisMillis()).minus(GRACE));
        assertThat(users.due(10)).extracting(Due::userKey).containsExactly("17");
        assertThat(tell()).isEqualTo("offline");
    }

    @Test
    void aUserWhoWentBeforeTheyWereToldIsForgottenWithoutAWord() {
        enter(A);
        leave(A, null);
        assertThat(kind()).isEqualTo(Kind.NOTHING);
        assertThat(books.redis.hasKey(USER)).isFalse();
    }

    @Test
    void aUserOfWhomRedisKnowsNothingIsNotMadeUpByLeaving() {
        leave(A, null);
        assertThat(books.redis.hasKey(USER)).isFalse();
        assertThat(kind()).isEqualTo(Kind.NOTHING);
    }

    @Test
    void leavingAnEarlierGenerationLeavesTheLaterOneAlone() {
        enter(A);
        tell();
        users.enter(A, "h", List.of(new Arrival("17", "{}", false)));
        leave(A, null);
        graceIsOver();
        assertThat(kind()).isEqualTo(Kind.NOTHING);
    }

    @Test
    void whatIsToTellStaysTheSameUntilItIsTold() {
        enter(A);
        Decision first = decision();
        assertThat(decision()).isEqualTo(first);
        enter(B);
        assertThat(decision().what()).isEqualTo(first.what());
    }

    @Test
    void whatIsToldASecondTimeChangesNothing() {
        enter(A);
        Decision online = decision();
        users.told(online);
        leave(A, null);
        graceIsOver();
        users.told(online);
        assertThat(tell()).isEqualTo("offline");
    }

    @Test
    void aUserWhoComesBackWhileTheirOfflineIsToldIsToldToBeOnlineAgain() {
        enter(A);
        tell();
        leave(A, null);
        graceIsOver();
        Decision offline = decision();
        enter(A);
        users.told(offline);
        assertThat(tell()).isEqualTo("online");
    }

    @Test
    void whoWasMadeDueAgainMeanwhileIsNotSettled() {
        enter(A);
        tell();
        enter(A);
        Decision nothing = decision();
        leave(A, null);
        users.settle(List.of(nothing));
        assertThat(users.waiting()).isEqualTo(1);
    }

    @Test
    void aChangeThatWasBegunAndNotKnownToBeFinishedIsLookedAtAllTheSame() {
        int[] scripts = {0};
        books.losesAnswer = () -> ++scripts[0] == 2;
        assertThatThrownBy(() -> enter(A)).isInstanceOf(QueryTimeoutException.class);
        books.losesAnswer = () -> false;
        assertThat(users.waiting()).isEqualTo(1);
        assertThat(kind()).isEqualTo(Kind.TELL);
    }

    @Test
    void thoseWhoWaitedLongestAreLookedAtFirst() {
        long now = redisMillis();
        books.redis.opsForZSet().add(DUE, "later", now - 1_000);
        books.redis.opsForZSet().add(DUE, "first", now - 3_000);
        books.redis.opsForZSet().add(DUE, "second", now - 2_000);
        books.redis.opsForZSet().add(DUE, "not yet", now + 60_000);
        assertThat(users.due(2)).extracting(Due::userKey).containsExactly("first", "second");
        assertThat(users.due(10)).extracting(Due::userKey).containsExactly("first", "second", "later");
        assertThat(users.waiting()).isEqualTo(4);
    }

    @Test
    void moreUsersThanOneScriptTakesAreAllEnteredDecidedAndTakenOut() {
        List<String> keys = IntStream.range(0, 250).mapToObj(n -> "u" + n).toList();
        users.enter(
                A, "g", keys.stream().map(key -> new Arrival(key, key, false)).toList());
        List<Decision> online = users.decide(users.due(1_000));
        assertThat(online)
                .hasSize(250)
                .allMatch(decision -> decision.kind() == Kind.TELL
                        && decision.who().equals(decision.due().userKey()));
        users.leave(A, "g", keys, null);
        assertThat(users.decide(keys.stream().map(key -> new Due(key, "0")).toList()))
                .hasSize(250)
                .allMatch(decision -> decision.kind() == Kind.NOTHING);
    }
}
