package dev.realtime.service.receipts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.Sender;
import dev.realtime.service.backplane.OutgoingEvent;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.fanout.RoomIndex;
import dev.realtime.service.fanout.Withheld;
import dev.realtime.service.identity.Identity;
import dev.realtime.service.payload.Confirmation;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.receipts.Receipts.WithUsers;
import dev.realtime.service.rest.Listener;
import dev.realtime.service.rest.RedisClient;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** What senders and clients do; nothing beats beside them. */
class ConfirmationsTest {

    private static final long NOW = 1_900_000_000_000L;
    private static final String ID = NOW + "-0";
    private static final String PAYLOAD = "{\"message\":\"m\"}";
    private static final Confirmation ASKED = Confirmation.asked(60, List.of()).from(Sender.admin("irina"));

    private static RedisClient redis;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ReceiptStore store = new ReceiptStore(
            redis.template(),
            new ReceiptProperties(Duration.ofHours(24), DataSize.ofMegabytes(1), 5_000, 10, 100),
            JsonMapper.shared());
    private final ReceiptNotes notes = new ReceiptNotes(store, () -> NOW, "here1234", meters);
    private boolean repeated;
    private final Confirmations confirmations =
            new Confirmations(store, notes, event -> repeated, Withheld.NOTHING, () -> NOW + 7, meters);

    @BeforeAll
    static void start() {
        redis = new RedisClient();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.clear();
    }

    private static OutgoingEvent notification(@Nullable Confirmation confirmation) {
        return new OutgoingEvent(
                BroadcastEvent.NOTIFICATION,
                List.of(Room.OPERATORS),
                PAYLOAD.getBytes(UTF_8),
                null,
                null,
                confirmation);
    }

    private void writtenTo(String userId) {
        Identity identity = new Identity(userId, null, null, null, List.of(), null);
        notes.written(
                new PositionedEvent(
                        StreamId.parse(ID),
                        "notification",
                        ASKED.mark(PAYLOAD.getBytes(UTF_8), ID),
                        List.of(Room.OPERATORS),
                        ASKED),
                List.of(new Listener(new RoomIndex(member -> {}), identity, "websocket")));
    }

    @Test
    void whoAnswersAtOnceHasConfirmedOnceHoweverOftenTheySayIt() {
        writtenTo("17");
        assertThat(confirmations.confirm(ID, "17")).isTrue();
        assertThat(confirmations.confirm(ID, "17")).isTrue();
        assertThat(confirmations.confirm(ID, "18"))
                .as("it was not written to them")
                .isFalse();
        assertThat(confirmations.confirm(NOW + "-1", "17")).isFalse();
        assertThat(confirmations.confirm("nothing", "17")).isFalse();
        assertThat(meters.counter("realtime.receipts.confirmed").count()).isEqualTo(1);
        Receipt.User user = Objects.requireNonNull(store.user(ID, "17"));
        assertThat(user.confirmedAt()).isEqualTo(NOW + 7);
        redis.away(true);
        assertThatThrownBy(() -> confirmations.confirm(ID, "17")).isInstanceOf(DataAccessException.class);
    }

    @Test
    void theSenderOpensTheReceiptAndDoesNotFailWithRedis() {
        confirmations.published(ID, notification(null));
        assertThat(store.load(ID)).isNull();
        redis.away(true);
        confirmations.published(ID, notification(ASKED));
        redis.away(false);
        assertThat(store.load(ID)).isNull();
        confirmations.published(ID, notification(ASKED));
        WithUsers opened = Objects.requireNonNull(store.load(ID));
        assertThat(opened.users()).isEmpty();
        assertThat(opened.receipt().payload()).isEqualTo(PAYLOAD);
        assertThat(opened.receipt().head())
                .isEqualTo(new ReceiptHead(60, List.of(), List.of(Room.OPERATORS), Sender.admin("irina")));
    }

    @Test
    void withoutRoomOnlyWhatIsNewAndAsksIsRefused() {
        confirmations.beforePublishing(notification(ASKED));
        redis.template().opsForHash().increment("realtime:{receipts}:totals", "bytes", 1024 * 1024);
        assertThatThrownBy(() -> confirmations.beforePublishing(notification(ASKED)))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RECEIPTS_FULL));
        confirmations.beforePublishing(notification(null));
        repeated = true;
        confirmations.beforePublishing(notification(ASKED));
    }
}
