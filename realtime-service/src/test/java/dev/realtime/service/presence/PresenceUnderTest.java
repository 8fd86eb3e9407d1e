package dev.realtime.service.presence;

import dev.realtime.contracts.PresenceBatch;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.cluster.ForeignProtocols;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.cluster.InstanceRegistry;
import dev.realtime.service.cluster.TestCluster;
import dev.realtime.service.rest.RedisClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The registers of one test on its Redis, with a clock that stands until it is moved; and other instances' books. */
final class PresenceUnderTest {

    static final JsonMapper JSON = JsonMapper.builder().build();

    final StringRedisTemplate redis;
    final PresenceProperties properties;
    final SocketFields fields = new SocketFields(JSON);
    final ForeignProtocols foreign = new ForeignProtocols();
    final OwnerRegister owners;
    final UserRegister users;
    final ClusterView view = new ClusterView();
    final InstanceRegistry registry;
    /** What this instance sent to the others. */
    final List<PresenceBatch> sent = new ArrayList<>();

    private final RedisClient client;
    private final InstanceName self;
    private long nanos = 1;

    /** Takes everything out of Redis. */
    PresenceUnderTest(RedisClient client, String self, Duration grace) {
        client.clear();
        this.client = client;
        this.redis = client.template();
        this.self = new InstanceName(self);
        this.properties = RedisBooks.properties(grace);
        this.owners = new OwnerRegister(redis, fields, foreign);
        this.users = new UserRegister(redis, properties);
        this.registry = register(self);
    }

    InstanceName self() {
        return self;
    }

    private InstanceRegistry register(String name) {
        return TestCluster.registry(redis, name, () -> nanos);
    }

    /** Another instance is heard: it has a beat at this moment. */
    void isHeard(String instance) {
        TestCluster.beat(register(instance));
    }

    /** Another instance has had its last beat so long ago. */
    void isSilent(String instance, Duration silence) {
        isHeard(instance);
        redis.opsForZSet().add("realtime:{instances}:beats", instance, client.millis() - silence.toMillis());
    }

    boolean isRegistered(String instance) {
        return redis.opsForZSet().score("realtime:{instances}:beats", instance) != null;
    }

    /** This instance has beaten for long enough to know who is silent. */
    void knowsWhoIsSilent() {
        for (int second = 0; second < 6; second++) {
            TestCluster.beat(registry);
            nanos += Duration.ofSeconds(1).toNanos();
        }
        TestCluster.beat(registry);
    }

    /** An instance's books, as it keeps them itself. Batches go to the list. */
    OwnLedger ledger(String instance, List<PresenceBatch> batches) {
        return new OwnLedger(owners, users, batches::add, fields, JSON, new InstanceName(instance));
    }

    /** Another instance with these sockets, in the generation {@code g}. */
    OwnLedger other(String instance, List<PresenceBatch> batches, SocketPresence... sockets) {
        OwnLedger ledger = ledger(instance, batches);
        ledger.begin("g", false);
        write(ledger, sockets);
        return ledger;
    }

    static boolean write(OwnLedger ledger, SocketPresence... sockets) {
        Map<String, @Nullable SocketPresence> now = new LinkedHashMap<>();
        for (SocketPresence socket : sockets) {
            now.put(socket.socketId(), socket);
        }
        return ledger.write("g", now);
    }

    boolean isOnlineInRedis(String user) {
        return redis.opsForHash().keys("realtime:{user:" + user + "}").stream()
                .anyMatch(field -> field.toString().startsWith("i:"));
    }

    /** What is decided of whoever is due, by their keys. */
    Map<String, UserRegister.Decision> decisions() {
        Map<String, UserRegister.Decision> decisions = new LinkedHashMap<>();
        users.decide(users.due(1_000))
                .forEach(decision -> decisions.put(decision.due().userKey(), decision));
        return decisions;
    }
}
