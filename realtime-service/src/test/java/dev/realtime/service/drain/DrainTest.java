package dev.realtime.service.drain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.service.TestSocket;
import dev.realtime.service.cluster.Instance;
import dev.realtime.service.cluster.InstanceRegistry;
import dev.realtime.service.gateway.sockets.SocketState;
import dev.realtime.service.gateway.sockets.Sockets;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import dev.realtime.testkit.RawClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How instances end, with and without another one that serves. What is told to be quick has hours to be slow in. */
@Timeout(120)
class DrainTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SHUTDOWN = "42[\"error\",{\"code\":\"server_shutdown\"";
    private static final String READINESS = "/actuator/health/readiness";
    private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";
    private static final String LONG = "realtime.drain.time=10m";
    private static TestRedis redis;

    @BeforeAll
    static void start() {
        redis = TestRedis.started();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private static TestSocket join(TestService service, Object user) {
        TestSocket socket = TestSocket.connect(service.port(), TestService.jwt(user, "operator"));
        socket.await("42[\"connected\"");
        return socket;
    }

    private static Thread end(TestService service) {
        return Thread.ofPlatform().start(service::close);
    }

    /** They have to see each other, and that each has begun to serve. */
    private static void awaitCompany(TestService service, int others) {
        await().atMost(PATIENCE)
                .until(() -> service.bean(InstanceRegistry.class).others().stream()
                                .filter(other -> other.attribute(Successors.ATTRIBUTE)
                                        .filter("taken"::equals)
                                        .isPresent())
                                .count()
                        == others);
    }

    /** What an event looks like that has this id. */
    private static String call(String id) {
        return "{\"token\":\"" + TestService.WEBHOOK_TOKEN + "\",\"call\":{\"id\":\"" + id
                + "\"},\"rooms\":[\"operators\"]}";
    }

    @Test
    void socketsMoveOneAfterTheOtherAndAreServedMeanwhile() throws Exception {
        try (TestService stays = TestService.start(redis);
                TestService goes = TestService.start(redis, LONG)) {
            awaitCompany(goes, 1);
            TestSocket first = join(goes, "first");
            TestSocket second = join(goes, "second");
            TestSocket third = join(goes, "third");
            // It is idle for the shortest time now, whenever it came.
            first.send("421[\"join-room\",{\"room\":\"order:1\"}]");
            first.await("431[{\"success\":true");

            Thread end = end(goes);
            second.await(SHUTDOWN);
            // Readiness has fallen, and everybody sees it.
            assertThat(goes.get(READINESS).status()).isEqualTo(503);
            assertThat(stays.get(READINESS).status()).isEqualTo(200);
            await().atMost(PATIENCE)
                    .until(() -> stays.bean(InstanceRegistry.class).others().stream()
                            .map(Instance::attributes)
                            .anyMatch(told -> "refused".equals(told.get(Successors.ATTRIBUTE))));
            // A new socket is sent elsewhere.
            TestService.Answer refused = goes.get(HANDSHAKE);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(refused.header("connection")).isEqualTo("close");
            assertThat(stays.get(HANDSHAKE).status()).isEqualTo(200);
            // Those that are left are served: events, joins, posts.
            TestService.Answer accepted = goes.broadcast("call-new", call("while-draining"));
            assertThat(accepted.status()).isEqualTo(200);
            assertThat(accepted.header("connection")).isEqualTo("close");
            for (TestSocket socket : List.of(first, third)) {
                socket.await("42[\"call:new\",{\"id\":\"while-draining\"");
                socket.send("422[\"join-room\",{\"room\":\"order:2\"}]");
                socket.await("432[{\"success\":true");
            }
            assertThat(end.isAlive()).isTrue();
            // With nobody left to wait for it ends, long before its time.
            first.close();
            third.close();
            end.join(PATIENCE);
            assertThat(end.isAlive()).isFalse();
        }
    }

    @Test
    void aloneItTellsAllAtOnceAndEnds() throws Exception {
        try (TestService alone = TestService.start(redis, LONG)) {
            List<TestSocket> sockets = new ArrayList<>();
            for (int user = 0; user < 5; user++) {
                sockets.add(join(alone, "alone-" + user));
            }
            Thread end = end(alone);
            sockets.forEach(socket -> socket.await(SHUTDOWN));
            end.join(PATIENCE);
            assertThat(end.isAlive()).isFalse();
        }
        // Each is known to wait for its client by now.
        try (RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", redis.port()))) {
            for (int user = 0; user < 5; user++) {
                assertThat(client.connect().sync().zcard("realtime:{sessions:alone-" + user + "}"))
                        .isOne();
            }
        }
    }

    @Test
    void aClientBetweenTwoPollsIsToldByItsNextPoll() throws Exception {
        try (TestService alone = TestService.start(redis, LONG)) {
            String sid = alone.get(HANDSHAKE).text().replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
            String session = HANDSHAKE + "&sid=" + sid;
            String connect = "40{\"token\":\"" + TestService.jwt("polls", "operator") + "\"}";
            alone.send("POST", session, connect.getBytes(UTF_8));
            await().atMost(PATIENCE).until(() -> alone.get(session).text().contains("42[\"connected\""));
            Sockets sockets = alone.bean(Sockets.class);
            Thread end = end(alone);
            await().atMost(PATIENCE).until(() -> sockets.size() == 0);
            assertThat(alone.get(session).text()).contains(SHUTDOWN);
            end.join(PATIENCE);
            assertThat(end.isAlive()).isFalse();
        }
    }

    @Test
    void instancesThatEndTogetherDoNotWaitForEachOther() throws Exception {
        try (TestService one = TestService.start(redis, LONG);
                TestService other = TestService.start(redis, LONG)) {
            awaitCompany(one, 1);
            awaitCompany(other, 1);
            List<TestSocket> sockets = new ArrayList<>();
            for (int user = 0; user < 4; user++) {
                sockets.add(join(user % 2 == 0 ? one : other, user));
            }
            List<Thread> ends = List.of(end(one), end(other));
            sockets.forEach(socket -> socket.await(SHUTDOWN));
            for (Thread end : ends) {
                end.join(PATIENCE);
                assertThat(end.isAlive()).isFalse();
            }
        }
    }

    @Test
    void anInstanceThatIsKilledMeanwhileIsWaitedForNoLonger() throws Exception {
        try (TestService goes = TestService.start(redis, LONG)) {
            TestSocket socket;
            TestSocket next;
            Thread end;
            try (TestService stays = TestService.start(redis)) {
                awaitCompany(goes, 1);
                socket = join(goes, 1);
                next = join(goes, 2);
                end = end(goes);
                socket.await(SHUTDOWN);
            }
            next.await(SHUTDOWN);
            end.join(PATIENCE);
            assertThat(end.isAlive()).isFalse();
        }
    }

    @Test
    void aRedisThatHangsDoesNotHoldTheEndUp() throws Exception {
        try (TestRedis frozen = TestRedis.started();
                TestService stays = TestService.start(frozen);
                TestService goes = TestService.start(frozen, "realtime.drain.time=2s")) {
            awaitCompany(goes, 1);
            List<TestSocket> sockets = List.of(join(goes, 1), join(goes, 2));
            frozen.freeze();
            try {
                Thread end = end(goes);
                sockets.forEach(socket -> socket.await(SHUTDOWN));
                end.join(PATIENCE);
                assertThat(end.isAlive()).isFalse();
            } finally {
                frozen.thaw();
            }
        }
    }

    @Test
    void anInstanceThatHasNotBegunToServeIsNobodyToGoTo() {
        try (TestService alone = TestService.start(redis)) {
            assertThat(alone.bean(Successors.class).any()).isFalse();
            try (TestService other = TestService.start(redis)) {
                await().atMost(PATIENCE)
                        .until(() -> alone.bean(Successors.class).any());
                other.bean(InstanceRegistry.class).announceNow(Successors.ATTRIBUTE, "refused");
                await().atMost(PATIENCE)
                        .until(() -> !alone.bean(Successors.class).any());
            }
        }
    }

    @Test
    void aSocketIsIdleSinceItsClientsLastPacketWhateverItReceives() throws Exception {
        try (TestService service = TestService.start(redis)) {
            TestSocket speaks = join(service, "speaks");
            TestSocket listens = join(service, "listens");
            // Each packet leaves it less idle than the other, which only receives.
            for (int n = 0; n < 3; n++) {
                service.broadcast("call-new", call("c" + n));
                listens.await("42[\"call:new\"");
                speaks.send("42" + n + "[\"join-room\",{\"room\":\"order:" + n + "\"}]");
                speaks.await("43" + n + "[{\"success\":true");
                assertThat(idle(service, "speaks")).isLessThan(idle(service, "listens"));
            }
            speaks.close();
            listens.close();
        }
    }

    @Test
    void webSocketsOnTheirWayToAnotherInstanceAreClosedOneAfterTheOtherToo() throws Exception {
        try (TestService stays = TestService.start(redis);
                TestService goes = TestService.start(redis, LONG)) {
            awaitCompany(goes, 1);
            List<TestSocket> tunnels = new ArrayList<>();
            for (int n = 0; n < 3; n++) {
                String sid = stays.get(HANDSHAKE).text().replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
                TestSocket tunnel = TestSocket.upgrade(goes.port(), sid, TestService.jwt("tunnel-" + n, "operator"));
                tunnel.await("42[\"connected\"");
                tunnels.add(tunnel);
            }
            Thread end = end(goes);
            await().atMost(PATIENCE).until(() -> open(tunnels).size() == 2);
            // Past the least time that an end takes: it waits for them.
            end.join(Duration.ofSeconds(2));
            assertThat(end.isAlive()).isTrue();
            assertThat(open(tunnels)).hasSize(2).allSatisfy(socket -> {
                socket.send("421[\"join-room\",{\"room\":\"order:1\"}]");
                socket.await("431[{\"success\":true");
            });
            open(tunnels).forEach(TestSocket::close);
            end.join(PATIENCE);
            assertThat(end.isAlive()).isFalse();
        }
    }

    private static List<TestSocket> open(List<TestSocket> sockets) {
        return sockets.stream().filter(socket -> !socket.isClosed()).toList();
    }

    private static Duration idle(TestService service, String user) {
        return service.bean(Sockets.class).all().stream()
                .filter(socket -> socket.identity().userKey().equals(user))
                .map(SocketState::idle)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSessionWithoutAnIdentityHoldsTheEndUpForTheTimeAtMost() throws Exception {
        try (TestService stays = TestService.start(redis);
                TestService goes =
                        TestService.start(redis, "realtime.drain.time=2s", "realtime.socket.admission-timeout=60s")) {
            awaitCompany(goes, 1);
            TestSocket identified = join(goes, "identified");
            try (RawClient unidentified = new RawClient(goes.port())) {
                assertThat(unidentified.get(HANDSHAKE).status()).isEqualTo(200);
                Thread end = end(goes);
                identified.await(SHUTDOWN);
                end.join(PATIENCE);
                assertThat(end.isAlive()).isFalse();
            }
        }
    }
}
