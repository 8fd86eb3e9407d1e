package dev.realtime.service.receipts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.Sender;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.fanout.RoomIndex;
import dev.realtime.service.fanout.Subscriber;
import dev.realtime.service.identity.Identity;
import dev.realtime.service.payload.Confirmation;
import dev.realtime.service.payload.Confirmation.Step;
import dev.realtime.service.receipts.ReceiptStore.Opening;
import dev.realtime.service.rest.Listener;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** What an instance has written, until Redis knows it. Its beats do not run: the tests write when they want to. */
class ReceiptNotesTest {

    private static final long NOW = 1_900_000_000_000L;
    private static final String ID = NOW + "-0";
    private static final String PAYLOAD = "{\"message\":\"m\"}";
    private static final ReceiptProperties PROPERTIES =
            new ReceiptProperties(Duration.ofHours(24), DataSize.ofMegabytes(16), 5_000, 10, 100);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RoomIndex index = new RoomIndex(member -> {});
    private final TestRedis redis = TestRedis.started();
    private LettuceConnectionFactory connections;
    private ReceiptStore store;
    private ReceiptNotes notes;

    @BeforeEach
    void connect() {
        connections = new LettuceConnectionFactory(
                new RedisStandaloneConfiguration("127.0.0.1", redis.port()),
                LettuceClientConfiguration.builder()
                        .commandTimeout(Duration.ofSeconds(2))
                        .build());
        connections.afterPropertiesSet();
        connections.start();
        store = new ReceiptStore(new StringRedisTemplate(connections), PROPERTIES, JsonMapper.shared());
        notes = new ReceiptNotes(store, () -> NOW, "here1234", meters);
    }

    @AfterEach
    void disconnect() {
        connections.destroy();
        redis.close();
    }

    private Subscriber user(int number) {
        return new Listener(
                index, new Identity(String.valueOf(number), null, null, null, List.of(), null), "websocket");
    }

    private static PositionedEvent event(String id, Confirmation confirmation) {
        return new PositionedEvent(
                StreamId.parse(id),
                "notification",
                confirmation.mark(PAYLOAD.getBytes(UTF_8), id),
                List.of(Room.OPERATORS),
                confirmation);
    }

    private static final PositionedEvent SENT =
            event(ID, Confirmation.asked(60, List.of(Room.DIRECTORS)).from(Sender.service("calls")));

    private Receipt receipt() {
        return Objects.requireNonNull(store.find(ID));
    }

    private List<String> users() {
        return Objects.requireNonNull(store.load(ID)).users().stream()
                .map(user ->
                        user.userKey() + ":" + user.sockets() + ":" + user.by().text())
                .sorted()
                .toList();
    }

    @Test
    void aReceiptHasTheNotificationAsItWasSentAlsoWhenNobodyIsThere() {
        notes.written(SENT, List.of());
        notes.flush();
        assertThat(receipt().payload()).isEqualTo(PAYLOAD);
        assertThat(receipt().head())
                .isEqualTo(
                        new ReceiptHead(60, List.of(Room.DIRECTORS), List.of(Room.OPERATORS), Sender.service("calls")));
        assertThat(receipt().users()).isZero();
    }

    @Test
    void usersAreThoseOfTheSocketsLiveReplayedAndEscalated() {
        notes.written(SENT, List.of(user(1), user(1), user(2)));
        IntStream.range(3, 6).forEach(number -> notes.replayed(SENT, user(number)));
        notes.written(event(NOW + 9 + "-0", Confirmation.again(ID, Step.ESCALATION)), List.of(user(2), user(6)));
        notes.flush();
        assertThat(users())
                .containsExactly("1:2:sent", "2:2:sent", "3:1:sent", "4:1:sent", "5:1:sent", "6:1:escalation");
        assertThat(receipt().payload()).isEqualTo(PAYLOAD);
    }

    @Test
    void moreUsersThanOneScriptTakes() {
        notes.written(SENT, IntStream.range(0, 1_200).mapToObj(this::user).toList());
        notes.flush();
        notes.flush();
        assertThat(receipt().users()).isEqualTo(1_200);
        assertThat(receipt().sockets()).isEqualTo(1_200);
    }

    @Test
    void whoComesBackWithAPositionBehindItHadIt() {
        PositionedEvent later = event(NOW + 5 + "-0", Confirmation.asked(60, List.of()));
        notes.written(SENT, List.of());
        notes.written(later, List.of());
        notes.resumed(user(1), event -> event.id().equals(SENT.id()));
        notes.flush();
        assertThat(users()).containsExactly("1:0:sent");
        assertThat(Objects.requireNonNull(store.find(later.id().toString())).users())
                .isZero();
    }

    @Test
    void whileRedisIsAwayItIsRememberedAndWrittenOnceAfterwards() {
        redis.stop();
        notes.written(SENT, List.of(user(1)));
        assertThatThrownBy(notes::flush).isInstanceOf(DataAccessException.class);
        assertThat(notes.beat()).isLessThan(Duration.ofSeconds(1));
        redis.start();
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(DataAccessException.class)
                .untilAsserted(() -> {
                    notes.flush();
                    assertThat(users()).containsExactly("1:1:sent");
                });
    }

    @Test
    void whatIsWrittenAgainBecauseTheAnswerWasLostCountsOnce() {
        boolean[] lose = {true};
        ReceiptStore deaf = new ReceiptStore(new StringRedisTemplate(connections), PROPERTIES, JsonMapper.shared()) {
            @Override
            long note(
                    String id,
                    @Nullable Opening opening,
                    Step step,
                    String marker,
                    long at,
                    Map<String, Integer> users) {
                long left = super.note(id, opening, step, marker, at, users);
                if (lose[0]) {
                    lose[0] = false;
                    throw new QueryTimeoutException("The answer is lost");
                }
                return left;
            }
        };
        notes = new ReceiptNotes(deaf, () -> NOW, "here1234", meters);
        notes.written(SENT, List.of(user(1), user(2)));
        assertThatThrownBy(notes::flush).isInstanceOf(DataAccessException.class);
        notes.flush();
        assertThat(users()).containsExactly("1:1:sent", "2:1:sent");
        assertThat(receipt().sockets()).isEqualTo(2);
    }

    @Test
    void whatIsTooMuchToRememberIsCounted() {
        List<Subscriber> many = Collections.nCopies(ReceiptNotes.MOST_WAITING, user(1));
        notes.written(SENT, many);
        notes.written(SENT, List.of(user(2), user(3)));
        assertThat(meters.get("realtime.receipts.unnoted").counter().count()).isEqualTo(2);
        notes.flush();
        notes.replayed(SENT, user(4));
        notes.flush();
        assertThat(users()).containsExactly("1:100000:sent", "4:1:sent");
    }
}
