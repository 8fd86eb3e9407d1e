package dev.realtime.service.receipts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.Room;
import dev.realtime.service.backplane.BackplaneUnavailableException;
import dev.realtime.service.backplane.EventPublisher;
import dev.realtime.service.backplane.OutgoingEvent;
import dev.realtime.service.backplane.PublishedEvent;
import dev.realtime.service.fanout.Withheld;
import dev.realtime.service.payload.Confirmation;
import dev.realtime.service.payload.Confirmation.Step;
import dev.realtime.service.receipts.Receipt.Done;
import dev.realtime.service.receipts.ReceiptStore.Opening;
import dev.realtime.service.rest.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** Reminders and escalations of one instance or two; they beat when the test wants it, and time stands in between. */
class ReceiptStepsTest {

    private static final long SENT = 1_900_000_000_000L;
    private static final String ID = SENT + "-0";
    private static final String PAYLOAD = "{\"message\":\"Пожар\"}";
    private static final long MINUTE = 60_000;
    private static final Duration RETENTION = Duration.ofHours(24);

    private static RedisClient redis;

    private final ReceiptProperties properties =
            new ReceiptProperties(RETENTION, DataSize.ofMegabytes(16), 5_000, 10, 100);
    private final ReceiptStore store = new ReceiptStore(redis.template(), properties, JsonMapper.shared());
    private final Stream stream = new Stream();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ReceiptSteps steps = steps(meters);
    private long now = SENT;
    private boolean leads = true;

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

    private ReceiptSteps steps(SimpleMeterRegistry registry) {
        return new ReceiptSteps(
                store, properties, stream, Withheld.NOTHING, () -> leads, () -> now, () -> now * 1_000_000, registry);
    }

    /** Takes each key once, as Redis does. */
    private final class Stream implements EventPublisher {

        private final List<OutgoingEvent> events = new ArrayList<>();
        private final Map<String, String> ids = new HashMap<>();
        private boolean away;
        private Runnable beforeTheAnswer = () -> {};

        @Override
        public PublishedEvent publish(OutgoingEvent event) {
            if (away) {
                throw new BackplaneUnavailableException("Redis is unavailable", new IllegalStateException());
            }
            OutgoingEvent.IdempotenceKey key = Objects.requireNonNull(event.key());
            assertThat(key.remembered()).isEqualTo(RETENTION);
            String known = ids.get(key.key());
            if (known == null) {
                events.add(event);
                ids.put(key.key(), now + "-" + events.size());
            }
            Runnable then = beforeTheAnswer;
            beforeTheAnswer = () -> {};
            then.run();
            return new PublishedEvent(Objects.requireNonNull(ids.get(key.key())), known != null);
        }
    }

    private void open(String id, Room... escalateTo) {
        ReceiptHead head = new ReceiptHead(60, List.of(escalateTo), List.of(Room.OPERATORS), null);
        store.note(id, new Opening(head, PAYLOAD), Step.SENT, "", SENT, Map.of());
    }

    private void written(String... users) {
        for (String user : users) {
            store.note(ID, null, Step.SENT, "n:" + user, SENT, Map.of(user, 1));
        }
    }

    private Receipt receipt() {
        return Objects.requireNonNull(store.find(ID));
    }

    /** What was published: which step, and to which rooms. */
    private List<String> published() {
        return stream.events.stream()
                .map(event ->
                        Objects.requireNonNull(event.confirmation()).step().text() + " to " + event.rooms())
                .toList();
    }

    private Duration beatAt(long time) {
        now = time;
        return steps.beat();
    }

    private double told(SimpleMeterRegistry registry, Step step) {
        return registry.get("realtime.receipts.steps")
                .tag("step", step.text())
                .counter()
                .count();
    }

    @Test
    void reminderAndEscalationComeAtTheirTimesAndOnce() {
        open(ID, Room.DIRECTORS);
        written("17", "18", "19");
        store.confirm(ID, "18", SENT + 1, false);
        assertThat(beatAt(SENT + MINUTE - 300)).isEqualTo(Duration.ofMillis(300));
        assertThat(beatAt(SENT + MINUTE - 1)).isLessThanOrEqualTo(Duration.ofMillis(50));
        assertThat(published()).isEmpty();

        long reminded = SENT + MINUTE + 5;
        beatAt(reminded);
        beatAt(reminded);
        assertThat(stream.events).hasSize(1);
        OutgoingEvent reminder = stream.events.getFirst();
        assertThat(reminder.rooms()).containsExactlyInAnyOrder(Room.user("17"), Room.user("19"));
        assertThat(reminder.payload()).asString(UTF_8).isEqualTo(PAYLOAD);
        assertThat(reminder.confirmation()).isEqualTo(Confirmation.again(ID, Step.REMINDER));

        beatAt(reminded + MINUTE - 1);
        assertThat(stream.events).hasSize(1);
        long escalated = reminded + MINUTE;
        beatAt(escalated);
        assertThat(published()).hasSize(2).last().isEqualTo("escalation to [directors]");
        assertThat(beatAt(escalated + 60 * MINUTE)).isEqualTo(ReceiptSteps.IDLE);
        assertThat(stream.events).hasSize(2);
        assertThat(receipt().next()).isNull();
        assertThat(receipt().done())
                .isEqualTo(Map.of(
                        Step.REMINDER, new Done(reminded + "-1", reminded, 0),
                        Step.ESCALATION, new Done(escalated + "-2", escalated, 0)));
        assertThat(told(meters, Step.REMINDER) + told(meters, Step.ESCALATION)).isEqualTo(2);
    }

    @Test
    void whoHasConfirmedIsLeftAlone() {
        open(ID, Room.DIRECTORS);
        written("17", "18");
        store.confirm(ID, "17", SENT + 1, false);
        store.confirm(ID, "18", SENT + 2, false);
        beatAt(SENT + MINUTE);
        beatAt(SENT + 2 * MINUTE);
        assertThat(published()).isEmpty();
        assertThat(receipt().next()).isNull();
        assertThat(receipt().done().get(Step.REMINDER)).isEqualTo(new Done("", SENT + MINUTE, 0));
        assertThat(receipt().done().get(Step.ESCALATION)).isEqualTo(new Done("", SENT + 2 * MINUTE, 0));
    }

    @Test
    void whatWasWrittenToNobodyIsEscalated() {
        open(ID, Room.DIRECTORS);
        beatAt(SENT + MINUTE);
        assertThat(published()).isEmpty();
        beatAt(SENT + 2 * MINUTE);
        assertThat(published()).containsExactly("escalation to [directors]");
    }

    @Test
    void withoutRoomsToEscalateToTheReminderIsTheLastStep() {
        open(ID);
        written("17");
        beatAt(SENT + MINUTE);
        assertThat(published()).containsExactly("reminder to [user:17]");
        assertThat(receipt().next()).isNull();
        assertThat(beatAt(SENT + 60 * MINUTE)).isEqualTo(ReceiptSteps.IDLE);
        assertThat(stream.events).hasSize(1);
    }

    @Test
    void afterAFailureItIsTriedAgainAndComesOnce() {
        open(ID);
        written("17");
        stream.away = true;
        assertThat(beatAt(SENT + MINUTE)).isLessThan(Duration.ofSeconds(1));
        assertThat(receipt().next()).isEqualTo(Step.REMINDER);
        stream.away = false;
        // Redis takes the event, and then it is not known that it did.
        stream.beforeTheAnswer = () -> redis.away(true);
        assertThat(beatAt(SENT + MINUTE + 300)).isLessThan(Duration.ofSeconds(1));
        redis.away(false);
        assertThat(receipt().next()).isEqualTo(Step.REMINDER);
        beatAt(SENT + MINUTE + 600);
        beatAt(SENT + MINUTE + 900);
        assertThat(published()).containsExactly("reminder to [user:17]");
        assertThat(receipt().done().get(Step.REMINDER))
                .as("at the time when Redis took it")
                .isEqualTo(new Done(SENT + MINUTE + 300 + "-1", SENT + MINUTE + 300, 0));
        assertThat(told(meters, Step.REMINDER)).isEqualTo(1);
    }

    @Test
    void anotherInstanceInBetweenPublishesNothingMore() {
        open(ID, Room.DIRECTORS);
        written("17");
        SimpleMeterRegistry others = new SimpleMeterRegistry();
        ReceiptSteps other = steps(others);
        stream.beforeTheAnswer = other::beat;
        beatAt(SENT + MINUTE);
        assertThat(published()).containsExactly("reminder to [user:17]");
        assertThat(told(meters, Step.REMINDER) + told(others, Step.REMINDER)).isEqualTo(1);
        stream.beforeTheAnswer = other::beat;
        beatAt(SENT + 2 * MINUTE);
        other.beat();
        assertThat(published()).containsExactly("reminder to [user:17]", "escalation to [directors]");
        assertThat(told(meters, Step.ESCALATION) + told(others, Step.ESCALATION))
                .isEqualTo(1);
    }

    @Test
    void whoDoesNotLeadWaitsALittleAndThenDoesIt() {
        open(ID);
        written("17");
        leads = false;
        beatAt(SENT + MINUTE);
        beatAt(SENT + MINUTE + ReceiptSteps.OTHERS_LATER.toMillis() - 1);
        assertThat(published()).isEmpty();
        beatAt(SENT + MINUTE + ReceiptSteps.OTHERS_LATER.toMillis());
        assertThat(published()).hasSize(1);
    }

    @Test
    void manyAtOnceAreAllTaken() {
        for (int n = 0; n < 120; n++) {
            String id = SENT + "-" + n;
            open(id);
            store.note(id, null, Step.SENT, "", SENT, Map.of("17", 1));
        }
        long time = SENT + MINUTE;
        for (int beats = 0; stream.events.size() < 120 && beats < 1_000; beats++) {
            time += beatAt(time).toMillis();
        }
        assertThat(stream.ids).hasSize(120);
        assertThat(time - SENT - MINUTE).as("no faster than it may be").isGreaterThan(1_000);
    }

    @Test
    void whatIsNoLongerKeptOrCannotBeReadIsForgotten() {
        open(ID);
        redis.template().opsForHash().put("realtime:{receipts}:of:" + ID, "head", "not JSON");
        beatAt(SENT + MINUTE);
        assertThat(redis.template().keys("*")).isEmpty();
        open(ID);
        written("17");
        beatAt(SENT + MINUTE);
        beatAt(SENT + RETENTION.toMillis() + 1);
        assertThat(redis.template().keys("*")).isEmpty();
    }
}
