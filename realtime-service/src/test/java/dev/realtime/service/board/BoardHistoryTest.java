package dev.realtime.service.board;

import static dev.realtime.service.board.Events.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.service.board.BoardStore.Outcome;
import dev.realtime.service.rest.RedisClient;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A board that was saved, loaded and continued at any point of any history is the board of an instance that read all of
 * it. The histories are random, with few ids, so that events come twice, late and in any order; time leaps, so that
 * entries expire; and there are more entries than the board may have.
 */
class BoardHistoryTest {

    private static final String EPOCH = "epoch1";
    private static final int EVENTS = 1_500;
    private static final BoardProperties SMALL = Events.properties(100);

    private static RedisClient redis;

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

    /** An event without its time. */
    private record Said(String name, String json) {}

    private static Said random(Random random) {
        int number = random.nextInt(random.nextInt(8) == 0 ? 200 : 12);
        String id = random.nextBoolean() ? "'" + number + "'" : String.valueOf(number);
        String more = random.nextBoolean() ? ",'city':'c" + random.nextInt(3) + "'" : "";
        List<String> statuses = List.of("new", "answered", "MISSED", "busy", "done", "В работе", "Готово");
        String status = statuses.get(random.nextInt(statuses.size()));
        String operator = random.nextBoolean() ? ",'operatorId':" + random.nextInt(5) : "";
        String call =
                "{'id':" + id + (random.nextBoolean() ? ",'status':'" + status + "'" : "") + operator + more + "}";
        return switch (random.nextInt(12)) {
            case 0, 1 -> new Said("call:new", call);
            case 2, 3 -> new Said("call:updated", call);
            case 4 -> new Said("call:ended", call);
            case 5 -> new Said("order:new", "{'id':" + id + ",'statusOrder':'" + status + "'" + more + "}");
            case 6 -> new Said("order:status-changed", "{'orderId':" + id + ",'newStatus':'" + status + "'}");
            case 7 -> new Said("order:master-assigned", "{'orderId':" + id + ",'masterId':" + number + "}");
            case 8 -> new Said("user:online", "{'userId':" + random.nextInt(5) + ",'name':'n'}");
            case 9 -> new Said("user:offline", "{'userId':" + random.nextInt(5) + "}");
            case 10 -> new Said("user:status", "{'userId':" + random.nextInt(5) + ",'status':'free'}");
            default -> new Said("call:unanswered", "{'call':{'id':" + id + "},'seconds':20,'step':1}");
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aLoadedBoardIsTheBoardOfWhoReadItAll(long seed) {
        Random random = new Random(seed);
        BoardUnderTest all = new BoardUnderTest(redis, SMALL).empty(EPOCH, id(0), SMALL);
        BoardUnderTest other = new BoardUnderTest(redis, SMALL).empty(EPOCH, id(0), SMALL);
        StreamId saved = Objects.requireNonNull(all.store.read(EPOCH, id(0))).position();
        long time = 1;
        for (int i = 0; i < EVENTS; i++) {
            time += random.nextInt(100) == 0
                    ? random.nextLong(Duration.ofHours(9).toMillis())
                    : random.nextLong(1, 999);
            if (random.nextInt(5) == 0) {
                all.board.pass(id(time));
                other.board.pass(id(time));
            } else {
                Said said = random(random);
                all.read(time, said.name(), said.json());
                other.read(time, said.name(), said.json());
            }
            if (random.nextInt(10) == 0) {
                saved = save(random.nextBoolean() ? all : other, saved);
            }
            if (random.nextInt(30) == 0) {
                saved = save(all, saved);
                other.board.restart(id(time));
                BoardState loaded = Objects.requireNonNull(other.store.read(EPOCH, id(0)));
                assertThat(other.board.install(Objects.requireNonNull(other.board.task()), EPOCH, loaded))
                        .isTrue();
            }
            if (i % 50 == 0) {
                assertThat(other.entries()).as("after %d events", i).isEqualTo(all.entries());
            }
        }
        assertThat(other.entries()).isEqualTo(all.entries()).hasSizeGreaterThan(50);
        assertThat(other.position()).isEqualTo(all.position());
    }

    private static StreamId save(BoardUnderTest by, StreamId from) {
        Board.Delta delta = Objects.requireNonNull(by.board.since(from));
        Outcome outcome = by.store.save(delta, from);
        if (outcome == Outcome.BEHIND) {
            outcome = by.store.replace(Objects.requireNonNull(by.board.everything()));
        }
        assertThat(outcome).isEqualTo(delta.to().equals(from) ? Outcome.AHEAD : Outcome.SAVED);
        return delta.to();
    }
}
