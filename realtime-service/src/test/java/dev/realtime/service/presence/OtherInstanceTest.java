package dev.realtime.service.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.contracts.PresenceBatch;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.bindings.OutputBindings;
import dev.realtime.service.cluster.ForeignProtocols;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.cluster.InstanceRegistry;
import dev.realtime.service.cluster.Protocol;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.messaging.support.MessageBuilder;
import tools.jackson.databind.json.JsonMapper;

/** What a running instance makes of another one, whose books the test keeps in the same Redis. */
class OtherInstanceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static TestRedis redis;
    private static TestService service;

    /** What the test's own instance says reaches the service only while this is so. */
    private boolean heard = true;

    private String name;
    private OwnLedger ledger;

    @BeforeAll
    static void start() {
        redis = TestRedis.started();
        service = TestService.start(redis, "realtime.presence.dead-after=3s", "realtime.presence.grace=0s");
    }

    @AfterAll
    static void stop() {
        service.close();
        redis.close();
    }

    @BeforeEach
    void begin() {
        InstanceName self = InstanceName.random();
        name = self.value();
        PresenceChannel channel = batch -> {
            if (heard) {
                service.bean(PresenceChannel.class).send(batch);
            }
        };
        ledger = new OwnLedger(
                service.bean(OwnerRegister.class),
                service.bean(UserRegister.class),
                channel,
                service.bean(SocketFields.class),
                service.bean(JsonMapper.class),
                self);
        ledger.begin("g", false);
    }

    private SocketPresence socket(String id, Room... rooms) {
        return RedisBooks.socket(name + id, name, name + "-user", null, rooms);
    }

    private void write(SocketPresence... sockets) {
        Map<String, @Nullable SocketPresence> now = new LinkedHashMap<>();
        for (SocketPresence socket : sockets) {
            now.put(socket.socketId(), socket);
        }
        assertThat(ledger.write("g", now)).isTrue();
    }

    private List<SocketPresence> known() {
        return service.bean(Presence.class).view().sockets().stream()
                .filter(socket -> socket.instance().equals(name))
                .toList();
    }

    private void awaitKnown(SocketPresence... sockets) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(known()).containsExactlyInAnyOrder(sockets));
    }

    private static double reread() {
        return service.bean(MeterRegistry.class)
                .counter("realtime.presence.reread")
                .count();
    }

    @Test
    void deltasArriveAndNothingIsLookedUp() {
        double before = reread();
        write(socket("a", Room.OPERATORS), socket("b"));
        awaitKnown(socket("a", Room.OPERATORS), socket("b"));
        write(socket("a", Room.OPERATORS, Room.order("1")));
        awaitKnown(socket("a", Room.OPERATORS, Room.order("1")), socket("b"));
        assertThat(reread()).isEqualTo(before);
    }

    @Test
    void afterAGapTheEntriesAreReadAgain() {
        write(socket("a", Room.OPERATORS));
        awaitKnown(socket("a", Room.OPERATORS));
        double before = reread();
        heard = false;
        write(socket("a", Room.order("1")), socket("b"));
        heard = true;
        write(socket("b", Room.order("2")));
        awaitKnown(socket("a", Room.order("1")), socket("b", Room.order("2")));
        assertThat(reread()).isEqualTo(before + 1);
    }

    /** The last thing that was said was missed, and nothing follows by which it could be noticed. */
    @Test
    void whatWasMissedLastIsNoticedToo() {
        write(socket("a"));
        awaitKnown(socket("a"));
        heard = false;
        write(socket("a", Room.order("1")));
        awaitKnown(socket("a", Room.order("1")));
    }

    @Test
    void anotherProtocolVersionIsReportedAndIgnored() {
        write(socket("a"));
        awaitKnown(socket("a"));
        String batch =
                "{\"v\":99,\"i\":\"" + name + "\",\"g\":\"g\",\"n\":2,\"p\":[\"in another form\"],\"r\":[\"0\"]}";
        service.bean(OutputBindings.class)
                .send("presence-out", MessageBuilder.withPayload(batch.getBytes(StandardCharsets.UTF_8)));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(service.bean(ForeignProtocols.class).problems())
                                .anySatisfy(problem -> assertThat(problem).contains(name, "99")));
        assertThat(known()).containsExactly(socket("a"));

        StringRedisTemplate keys = service.bean(StringRedisTemplate.class);
        String state = "realtime:{presence:" + name + "}:state";
        keys.opsForHash().put(state, "protocol", "98");
        OwnerRegister owners = service.bean(OwnerRegister.class);
        assertThat(owners.read(name)).isEmpty();
        assertThat(owners.position(name)).isEmpty();
        assertThat(owners.reap(name)).isEmpty();
        assertThat(owners.isThere(name)).as("left to who can read it").isTrue();
        assertThat(service.bean(ForeignProtocols.class).problems())
                .anySatisfy(problem -> assertThat(problem).contains(name, "98"));
    }

    /** It registered, and has not been heard of since: its users go, and it is off the books and out of the register. */
    @Test
    void anInstanceThatIsSilentIsTakenOffTheBooks() {
        write(socket("a"), socket("b", Room.OPERATORS));
        awaitKnown(socket("a"), socket("b", Room.OPERATORS));
        StringRedisTemplate keys = service.bean(StringRedisTemplate.class);
        String user = "realtime:{user:" + name + "-user}";
        await().atMost(PATIENCE).until(() -> keys.opsForHash().hasKey(user, "told"));
        keys.opsForHash().put("realtime:{instances}", name, Protocol.VERSION + " x {}");
        keys.opsForZSet().add("realtime:{instances}:beats", name, System.currentTimeMillis() - 4_000.0);
        awaitKnown();
        await().atMost(PATIENCE).until(() -> !keys.hasKey(user));
        await().atMost(PATIENCE).until(() -> keys.opsForZSet().score("realtime:{instances}:beats", name) == null);
        assertThat(keys.keys("realtime:{presence:" + name + "}*")).isEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(service.bean(InstanceRegistry.class).silent(Duration.ZERO))
                                .doesNotContainKey(name));
        assertThat(ledger.write("g", Map.of()))
                .as("it would begin anew when it came back")
                .isFalse();
    }

    /** Forgotten while it was cut off, back, and killed before its next beat: what it wrote must be found. */
    @Test
    void anInstanceIsInTheRegisterBeforeItWritesAnything() {
        StringRedisTemplate keys = service.bean(StringRedisTemplate.class);
        String self = service.bean(InstanceName.class).value();
        service.bean(InstanceRegistry.class).stop();
        try {
            assertThat(keys.opsForZSet().score("realtime:{instances}:beats", self))
                    .isNull();
            keys.delete("realtime:{presence:" + self + "}:state");
            await().atMost(PATIENCE).until(() -> keys.hasKey("realtime:{presence:" + self + "}:state"));
            assertThat(keys.opsForZSet().score("realtime:{instances}:beats", self))
                    .isNotNull();
        } finally {
            service.bean(InstanceRegistry.class).start();
        }
    }

    /** Begun by an instance that was killed meanwhile. */
    @Test
    void aReapingThatWasBegunIsEnded() {
        write(socket("a"));
        OwnerRegister owners = service.bean(OwnerRegister.class);
        OwnerRegister.Remains first = owners.reap(name).orElseThrow();
        OwnerRegister.Remains second = owners.reap(name).orElseThrow();
        assertThat(second.generation()).isEqualTo(first.generation());
        assertThat(second.sockets()).containsExactly(socket("a"));
        owners.forgetRemains(name);
        assertThat(owners.isThere(name)).isFalse();
        service.bean(PresenceChannel.class).send(PresenceBatch.end(Protocol.VERSION, name, "g"));
        awaitKnown();
    }
}
