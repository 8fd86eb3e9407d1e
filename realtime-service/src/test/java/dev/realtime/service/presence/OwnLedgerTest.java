package dev.realtime.service.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.PresenceBatch;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.cluster.ForeignProtocols;
import dev.realtime.service.cluster.InstanceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;
import tools.jackson.databind.json.JsonMapper;

/** An instance's sockets in a real Redis, and what another instance makes of the batches it is sent. */
class OwnLedgerTest {

    private static final String SELF = "abcdEFGH";
    private static final String ENTRIES = "realtime:{presence:" + SELF + "}";

    private static RedisBooks books;

    private final JsonMapper json = JsonMapper.builder().build();
    private final ClusterView other = new ClusterView();
    private final List<PresenceBatch> sent = new ArrayList<>();
    private OwnerRegister owners;
    private OwnLedger ledger;

    @BeforeAll
    static void start() {
        books = new RedisBooks();
    }

    @AfterAll
    static void stop() {
        books.close();
    }

    @BeforeEach
    void begin() {
        books.clear();
        SocketFields fields = new SocketFields(json);
        owners = new OwnerRegister(books.redis, fields, new ForeignProtocols());
        UserRegister users = new UserRegister(books.redis, RedisBooks.properties(Duration.ofSeconds(5)));
        ledger = new OwnLedger(owners, users, this::send, fields, json, new InstanceName(SELF));
        ledger.begin("g", false);
    }

    private void send(PresenceBatch batch) {
        PresenceBatch heard = json.readValue(json.writeValueAsBytes(batch), PresenceBatch.class);
        sent.add(heard);
        if (!other.apply(heard)) {
            // The other instance asks on its own account, and has its answer.
            BooleanSupplier loses = books.losesAnswer;
            books.losesAnswer = () -> false;
            owners.read(SELF).ifPresent(other::replace);
            books.losesAnswer = loses;
        }
    }

    private static SocketPresence socket(String id, Object user, @Nullable String name, Room... rooms) {
        return RedisBooks.socket(id, SELF, user, name, rooms);
    }

    private boolean write(SocketPresence... sockets) {
        Map<String, @Nullable SocketPresence> now = new LinkedHashMap<>();
        for (SocketPresence socket : sockets) {
            now.put(socket.socketId(), socket);
        }
        return ledger.write("g", now);
    }

    private static Map<String, @Nullable SocketPresence> gone(String... ids) {
        Map<String, @Nullable SocketPresence> gone = new LinkedHashMap<>();
        for (String id : ids) {
            gone.put(id, null);
        }
        return gone;
    }

    private Collection<SocketPresence> inRedis() {
        return owners.read(SELF).orElseThrow().sockets().values();
    }

    /** Users of whom Redis says that they are here. */
    private Set<String> online() {
        Set<String> online = new TreeSet<>();
        for (String key : books.redis.keys("realtime:{user:*}")) {
            if (books.redis.opsForHash().keys(key).stream()
                    .anyMatch(field -> field.toString().startsWith("i:"))) {
                online.add(key.substring("realtime:{user:".length(), key.length() - 1));
            }
        }
        return online;
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        SocketPresence socket =
                socket("s", 17, "Анна", Room.OPERATORS, Room.city("Нижний Новгород"), Room.order("1:a=b"));
        assertThat(write(socket)).isTrue();
        assertThat(inRedis()).containsExactly(socket);
        SocketPresence now = socket.with(
                List.of(Room.city("Нижний Новгород"), Room.order("1:a=b"), Room.order("2")), "websocket", 256_000L);
        assertThat(write(now)).isTrue();
        assertThat(inRedis()).containsExactly(now);
        assertThat(other.sockets()).containsExactly(now);
        assertThat(write(socket("s", 17, "Анна Иванова", Room.OPERATORS))).isTrue();
        assertThat(inRedis()).containsExactly(socket("s", 17, "Анна Иванова", Room.OPERATORS));
        assertThat(online()).containsExactly("17");
        assertThat(ledger.write("g", gone("s"))).isTrue();
        assertThat(books.redis.hasKey(ENTRIES)).isFalse();
        assertThat(online()).isEmpty();
        assertThat(other.sockets()).isEmpty();
    }

    @Test
    void aJoinCostsItsOwnBytesHoweverManyRoomsThereAre() {
        Room[] rooms = IntStream.range(0, 190)
                .mapToObj(n -> Room.order("x".repeat(80) + n))
                .toArray(Room[]::new);
        SocketPresence socket = socket("s", 17, null, rooms);
        write(socket);
        long before = books.memory(ENTRIES);
        List<Room> more = new ArrayList<>(List.of(rooms));
        more.add(Room.order("12345"));
        write(socket.with(more, socket.transport(), null));
        assertThat(json.writeValueAsBytes(sent.getLast()).length).isLessThan(100);
        assertThat(books.memory(ENTRIES) - before).isLessThan(200);
        assertThat(inRedis().iterator().next().rooms()).isEqualTo(more);
        int batches = sent.size();
        write(socket.with(more, socket.transport(), null));
        assertThat(sent).as("nothing changed").hasSize(batches);
    }

    @Test
    void manyChangesAreManyBatchesAndNoneIsLost() {
        SocketPresence[] crowd = IntStream.range(0, 700)
                .mapToObj(n -> socket("s" + n, n, null, Room.OPERATORS, Room.order("" + n)))
                .toArray(SocketPresence[]::new);
        assertThat(write(crowd)).isTrue();
        assertThat(sent.size()).isGreaterThan(2);
        assertThat(inRedis()).containsExactlyInAnyOrder(crowd);
        assertThat(other.sockets()).containsExactlyInAnyOrder(crowd);
        assertThat(online()).hasSize(700);
    }

    @Test
    void aGenerationThatWasTakenIsOver() {
        write(socket("s", 17, null));
        owners.reap(SELF);
        assertThat(write(socket("s", 17, null, Room.OPERATORS))).isFalse();
        assertThat(ledger.write("g", gone("s")))
                .as("nobody is taken out of a generation that is over")
                .isFalse();
        assertThat(online()).containsExactly("17");
    }

    @Test
    void aRedisThatLostTheLatestChangesIsNoticedAndNobodyIsLeftBehind() {
        write(socket("s", 17, null), socket("t", 18, null));
        byte[] entries = books.redis.dump(ENTRIES);
        byte[] state = books.redis.dump(ENTRIES + ":state");
        ledger.write("g", gone("t"));
        write(socket("u", 19, null));
        books.redis.restore(ENTRIES, entries, 0, TimeUnit.MILLISECONDS, true);
        books.redis.restore(ENTRIES + ":state", state, 0, TimeUnit.MILLISECONDS, true);
        // As it was when both were here.
        books.redis.opsForHash().put("realtime:{user:18}", "i:" + SELF + ":g", "1");

        assertThat(ledger.write("g", Map.of())).isFalse();
        ledger.begin("h", false);
        Map<String, @Nullable SocketPresence> all = new HashMap<>();
        all.put("s", socket("s", 17, null));
        all.put("u", socket("u", 19, null));
        assertThat(ledger.write("h", all)).isTrue();
        assertThat(inRedis()).containsExactlyInAnyOrder(socket("s", 17, null), socket("u", 19, null));
        assertThat(online()).containsExactly("17", "19");
        assertThat(books.redis.opsForHash().keys("realtime:{user:17}"))
                .contains("i:" + SELF + ":h")
                .doesNotContain("i:" + SELF + ":g");
    }

    /** Whatever is lost on the way from Redis: what it has, what others know and who is online end in the truth. */
    @Test
    void lostAnswersEndInTheTruth() {
        Random random = new Random(5);
        Map<String, SocketPresence> truth = new HashMap<>();
        Map<String, @Nullable SocketPresence> unsent = new LinkedHashMap<>();
        for (int round = 0; round < 600; round++) {
            for (int n = random.nextInt(6); n >= 0; n--) {
                String id = "s" + random.nextInt(12);
                if (random.nextInt(4) == 0) {
                    truth.remove(id);
                } else {
                    truth.put(id, anyState(random, id));
                }
                unsent.put(id, truth.get(id));
            }
            books.losesAnswer = () -> random.nextInt(8) == 0;
            try {
                assertThat(ledger.write("g", new LinkedHashMap<>(unsent))).isTrue();
                unsent.clear();
            } catch (QueryTimeoutException lost) {
                // Written again, as it is then.
            } finally {
                books.losesAnswer = () -> false;
            }
            if (round % 20 == 19) {
                assertThat(ledger.write("g", new LinkedHashMap<>(unsent))).isTrue();
                unsent.clear();
                assertThat(sets(inRedis())).isEqualTo(sets(truth.values()));
                owners.position(SELF).ifPresent(position -> {
                    if (!position.equals(other.position(SELF))) {
                        owners.read(SELF).ifPresent(other::replace);
                    }
                });
                assertThat(sets(other.sockets())).isEqualTo(sets(truth.values()));
                assertThat(online())
                        .isEqualTo(truth.values().stream()
                                .map(SocketPresence::userKey)
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
        }
    }

    private static SocketPresence anyState(Random random, String id) {
        Room[] rooms = IntStream.range(0, 6)
                .filter(n -> random.nextBoolean())
                .mapToObj(n -> Room.order("" + n))
                .toArray(Room[]::new);
        SocketPresence socket = socket(id, id + "u", random.nextInt(6) == 0 ? "other" : "name", rooms);
        return socket.with(
                socket.rooms(), random.nextBoolean() ? "polling" : "websocket", random.nextBoolean() ? null : 64_000L);
    }

    /** Rooms in whatever order: one that was left and joined again between two writes keeps its place. */
    private static Map<String, SocketPresence> sets(Collection<SocketPresence> sockets) {
        Map<String, SocketPresence> sorted = new HashMap<>();
        sockets.forEach(socket -> sorted.put(
                socket.socketId(),
                socket.with(
                        new HashSet<>(socket.rooms())
                                .stream()
                                        .sorted(Comparator.comparing(Room::toString))
                                        .toList(),
                        socket.transport(),
                        socket.queue())));
        return sorted;
    }
}
