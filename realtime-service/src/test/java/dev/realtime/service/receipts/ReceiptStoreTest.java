package dev.realtime.service.receipts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.Sender;
import dev.realtime.service.payload.Confirmation.Step;
import dev.realtime.service.receipts.ReceiptStore.Confirmed;
import dev.realtime.service.receipts.ReceiptStore.Due;
import dev.realtime.service.receipts.ReceiptStore.Opening;
import dev.realtime.service.rest.RedisClient;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

class ReceiptStoreTest {

    private static final long NOW = 1_900_000_000_000L;
    private static final String ID = id(0);

    private static RedisClient redis;

    private final ReceiptStore store = store(DataSize.ofMegabytes(16), 5_000);

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

    private static ReceiptStore store(DataSize maxBytes, int mostUsers) {
        return new ReceiptStore(
                redis.template(),
                new ReceiptProperties(Duration.ofHours(24), maxBytes, mostUsers, 10, 100),
                JsonMapper.shared());
    }

    private static String id(int number) {
        return (NOW + number) + "-0";
    }

    private static Opening opening(Room... escalateTo) {
        return new Opening(
                new ReceiptHead(60, List.of(escalateTo), List.of(Room.OPERATORS), Sender.admin("irina")),
                "{\"message\":\"Пожар\"}");
    }

    private long note(String id, String marker, Map<String, Integer> sockets) {
        return store.note(id, opening(Room.DIRECTORS), Step.SENT, marker, NOW, sockets);
    }

    private Receipt receipt(String id) {
        return Objects.requireNonNull(store.find(id));
    }

    @Test
    void severalInstancesOpenItOnceAndAddTheirUsers() {
        note(ID, "", Map.of());
        note(ID, "n:here", Map.of("17", 2));
        note(ID, "n:there", Map.of("17", 1, "18", 1));
        // The answer was lost, so it is noted again.
        note(ID, "n:there", Map.of("17", 1, "18", 1));
        Receipt receipt = receipt(ID);
        assertThat(receipt.head()).isEqualTo(opening(Room.DIRECTORS).head());
        assertThat(receipt.payload()).isEqualTo("{\"message\":\"Пожар\"}");
        assertThat(List.of(receipt.users(), receipt.confirmed(), receipt.untracked(), receipt.sockets()))
                .containsExactly(2, 0, 0, 4);
        assertThat(Objects.requireNonNull(store.load(ID)).users())
                .containsExactlyInAnyOrder(
                        new Receipt.User("17", 3, NOW, null, Step.SENT),
                        new Receipt.User("18", 1, NOW, null, Step.SENT));
    }

    @Test
    void confirmingTwiceIsOnceAndAStrangerCannot() {
        note(ID, "n:here", Map.of("17", 1, "18", 1));
        assertThat(store.confirm(ID, "17", NOW + 5, false)).isEqualTo(Confirmed.FIRST);
        assertThat(store.confirm(ID, "17", NOW + 9, false)).isEqualTo(Confirmed.AGAIN);
        assertThat(store.confirm(ID, "19", NOW + 9, false)).isEqualTo(Confirmed.UNKNOWN);
        assertThat(store.confirm(id(1), "17", NOW + 9, false)).isEqualTo(Confirmed.UNKNOWN);
        assertThat(receipt(ID).confirmed()).isEqualTo(1);
        assertThat(Objects.requireNonNull(store.load(ID)).users())
                .contains(new Receipt.User("17", 1, NOW, NOW + 5, Step.SENT));
        // What is written to the same user later leaves the confirmation.
        store.note(ID, null, Step.REMINDER, "n:again", NOW + 60_000, Map.of("17", 1));
        assertThat(Objects.requireNonNull(store.load(ID)).users())
                .contains(new Receipt.User("17", 2, NOW, NOW + 5, Step.SENT));
    }

    @Test
    void aReceiptOfAnEarlierVersionHasNoSender() {
        note(ID, "n:here", Map.of());
        redis.template()
                .opsForHash()
                .put(
                        "realtime:{receipts}:of:" + ID,
                        "head",
                        "{\"within\":60,\"escalateTo\":[],\"rooms\":[\"operators\"]}");
        assertThat(receipt(ID).head()).isEqualTo(new ReceiptHead(60, List.of(), List.of(Room.OPERATORS), null));
    }

    @Test
    void whenAUserConfirmedIsReadAloneAndNotGuessedWhileRedisIsUnavailable() {
        Receipts receipts = new Receipts(store);
        note(ID, "n:here", Map.of("17", 1, "18", 1));
        store.confirm(ID, "17", NOW + 5, false);
        assertThat(receipts.confirmedAt(ID, "17")).isEqualTo(Instant.ofEpochMilli(NOW + 5));
        assertThat(receipts.confirmedAt(ID, "18")).isNull();
        assertThat(receipts.confirmedAt(ID, "19")).isNull();
        assertThat(receipts.confirmedAt(id(1), "17")).isNull();
        redis.away(true);
        assertThatThrownBy(() -> receipts.confirmedAt(ID, "17")).isInstanceOf(DataAccessException.class);
    }

    @Test
    void stepsComeOneAfterTheOtherAndAreOverOnce() {
        note(ID, "n:here", Map.of("17", 1));
        assertThat(store.due(NOW + 59_999, 10).come()).isEmpty();
        assertThat(store.due(NOW + 59_999, 10).next()).isEqualTo(NOW + 60_000);
        assertThat(store.due(NOW + 60_000, 10).come()).containsExactly(ID);
        assertThat(store.over(ID, Step.REMINDER, id(60_001), NOW + 60_001, Step.ESCALATION, NOW + 120_001))
                .isTrue();
        assertThat(store.over(ID, Step.REMINDER, id(60_009), NOW + 60_009, null, 0))
                .isFalse();
        assertThat(store.due(NOW + 120_000, 10).come()).isEmpty();
        assertThat(store.due(NOW + 120_001, 10).come()).containsExactly(ID);
        assertThat(store.over(ID, Step.ESCALATION, "", NOW + 120_005, null, 0)).isTrue();
        assertThat(store.due(NOW + 900_000, 10).next()).isNull();
        // Another instance published it nevertheless.
        assertThat(store.over(ID, Step.ESCALATION, id(120_006), NOW + 120_006, null, 0))
                .isFalse();
        Receipt receipt = receipt(ID);
        assertThat(receipt.next()).isNull();
        assertThat(receipt.done())
                .isEqualTo(Map.of(
                        Step.REMINDER,
                        new Receipt.Done(id(60_001), NOW + 60_001, 0),
                        Step.ESCALATION,
                        new Receipt.Done(id(120_006), NOW + 120_005, 0)));
    }

    @Test
    void moreUsersThanARecordHoldsAreCounted() {
        ReceiptStore small = store(DataSize.ofMegabytes(16), 2);
        assertThat(small.note(ID, opening(), Step.SENT, "n:here", NOW, users(5)))
                .isEqualTo(3);
        assertThat(small.note(ID, null, Step.SENT, "", NOW, Map.of("0", 1))).isZero();
        assertThat(receipt(ID).users()).isEqualTo(2);
        assertThat(receipt(ID).untracked()).isEqualTo(3);
        assertThat(receipt(ID).sockets()).isEqualTo(6);
        assertThat(receipt(ID).isConfirmedByAll()).isFalse();
    }

    private static Map<String, Integer> users(int count) {
        Map<String, Integer> users = new LinkedHashMap<>();
        IntStream.range(0, count).forEach(n -> users.put(String.valueOf(n), 1));
        return users;
    }

    @Test
    void atTheBoundTheOldestWithoutAStepToComeAreForgottenAndOthersAreNot() {
        ReceiptStore small = store(DataSize.ofMegabytes(1), 10_000);
        int open = 0;
        while (small.note(id(open), opening(), Step.SENT, "n:here", NOW, users(500)) >= 0) {
            open++;
        }
        assertThat(open).isBetween(5, 20);
        assertThat(small.makeRoom(1)).isTrue();
        assertThat(small.makeRoom(200_000)).as("all are open").isFalse();
        small.over(id(0), Step.REMINDER, "", NOW, null, 0);
        small.over(id(3), Step.REMINDER, "", NOW, null, 0);
        assertThat(small.makeRoom(60_000)).isTrue();
        assertThat(small.find(id(0))).isNull();
        assertThat(small.find(id(1))).isNotNull();
        assertThat(small.find(id(3))).isNotNull();
        assertThat(small.note(id(900), opening(), Step.SENT, "n:here", NOW, users(300)))
                .isZero();
        assertThat(small.due(NOW, 10).bytes()).isLessThanOrEqualTo(1024 * 1024);
    }

    @Test
    void bytesAreThoseThatRedisTakesOrMore() {
        note(ID, "n:here", users(500));
        assertThat(store.due(NOW, 10).bytes()).isGreaterThan(500 * 60).isLessThan(500 * 200);
        store.drop(ID);
        assertThat(redis.template().keys("*")).isEmpty();
    }

    @Test
    void oldOnesAreForgottenAndNotOpenedAgain() {
        note(ID, "n:here", Map.of("17", 1));
        note(id(1), "n:here", Map.of("17", 1));
        long later = NOW + Duration.ofHours(24).toMillis() + 1;
        Due due = store.due(later, 10);
        assertThat(due.receipts()).isEqualTo(2);
        assertThat(due.over()).containsExactly(ID);
        store.drop(ID);
        assertThat(store.find(ID)).isNull();
        assertThat(store.note(ID, opening(), Step.SENT, "", later, Map.of("17", 1)))
                .isEqualTo(ReceiptStore.UNKNOWN);
        assertThat(store.note(ID, null, Step.REMINDER, "", later, Map.of("17", 1)))
                .isEqualTo(ReceiptStore.UNKNOWN);
        assertThat(store.due(later, 10).receipts()).isEqualTo(1);
    }

    @Test
    void theListIsReadFromTheNewestAndFromAPlace() {
        for (String id : List.of(NOW + "-2", NOW + "-10", id(5), id(7))) {
            note(id, "", Map.of());
        }
        Receipts receipts = new Receipts(store);
        Receipts.Part first = receipts.before(null, 3, 1_000_000);
        assertThat(first.receipts().stream().map(Receipt::id)).containsExactly(id(7), id(5), NOW + "-10");
        assertThat(first.before()).isEqualTo(NOW + "-10");
        Receipts.Part last = receipts.before(StreamId.parse(first.before()), 3, 1_000_000);
        assertThat(last.receipts().stream().map(Receipt::id)).containsExactly(NOW + "-2");
        assertThat(last.before()).isNull();
        assertThat(receipts.before(null, 3, 1).receipts())
                .as("bounded in bytes")
                .hasSize(1);
    }
}
