package dev.realtime.service.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.service.backplane.OutgoingEvent;
import dev.realtime.service.backplane.PublishedEvent;
import dev.realtime.service.presence.UserRegister.Arrival;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is announced and how fast, with users in a real Redis and a clock that stands until it is moved. */
class AnnouncerTest {

    private static RedisBooks books;

    private final List<OutgoingEvent> announced = new ArrayList<>();
    private long now = 1;
    private UserRegister users;
    private Announcer announcer;

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
        // Without a grace period nothing waits for Redis' clock.
        PresenceProperties properties = RedisBooks.properties(Duration.ZERO);
        users = new UserRegister(books.redis, properties);
        announcer = new Announcer(
                users,
                event -> {
                    announced.add(event);
                    return new PublishedEvent("1-1", false);
                },
                properties,
                new SimpleMeterRegistry(),
                () -> now);
    }

    private void enter(int from, int to) {
        users.enter(
                "abcdEFGH",
                "g",
                IntStream.range(from, to)
                        .mapToObj(n -> new Arrival("u" + n, "{\"userId\":\"u" + n + "\"}", false))
                        .toList());
    }

    private void leave(int from, int to) {
        users.leave(
                "abcdEFGH",
                "g",
                IntStream.range(from, to).mapToObj(n -> "u" + n).toList(),
                null);
    }

    private List<String> payloads() {
        return announced.stream()
                .map(event -> new String(event.payload(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void asManyASecondAsAllowedAndEachOnce() {
        enter(0, 50);
        assertThat(announcer.announce()).isTrue();
        assertThat(announced).hasSize(20);
        announcer.announce();
        assertThat(announced).as("within the same second").hasSize(20);
        now += TimeUnit.SECONDS.toNanos(1);
        announcer.announce();
        assertThat(announced).hasSize(40);
        now += TimeUnit.SECONDS.toNanos(1);
        assertThat(announcer.announce()).as("nobody waits any more").isFalse();
        assertThat(announced).hasSize(50);
        assertThat(new HashSet<>(payloads())).hasSize(50);
        assertThat(announced).allSatisfy(event -> assertThat(event.event()).isEqualTo(BroadcastEvent.USER_ONLINE));
    }

    @Test
    void usersWhoChangeBackBeforeTheirTurnAreNotAnnouncedAndCostNoTurn() {
        enter(0, 20);
        announcer.announce();
        enter(20, 150);
        leave(20, 145);
        now += TimeUnit.SECONDS.toNanos(1);
        assertThat(announcer.announce()).isFalse();
        assertThat(announced).hasSize(25);
        assertThat(payloads()).contains("{\"userId\":\"u145\"}").doesNotContain("{\"userId\":\"u20\"}");
    }

    @Test
    void aUserWhoGoesIsAnnouncedAndForgotten() {
        enter(0, 1);
        announcer.announce();
        leave(0, 1);
        announcer.announce();
        assertThat(announced)
                .extracting(OutgoingEvent::event)
                .containsExactly(BroadcastEvent.USER_ONLINE, BroadcastEvent.USER_OFFLINE);
        assertThat(books.redis.hasKey("realtime:{user:u0}")).isFalse();
        assertThat(users.waiting()).isZero();
    }

    /** Two lead for a moment, or one crashed after it announced: the stream gets it under the same key. */
    @Test
    void whatIsAnnouncedAgainHasTheSameKey() {
        enter(0, 1);
        var due = users.due(1);
        var first = users.decide(due);
        var second = users.decide(due);
        assertThat(second).isEqualTo(first);
        users.told(first.getFirst());
        users.told(second.getFirst());
        assertThat(announcer.announce()).isFalse();
        assertThat(announced).isEmpty();
    }
}
