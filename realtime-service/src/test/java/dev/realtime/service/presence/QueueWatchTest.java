package dev.realtime.service.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import dev.realtime.service.rest.TestService.Answer;
import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.session.EngineSessions;
import dev.realtime.testkit.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that does not read: how much waits for it is known on every instance, as far as it is worth telling. */
class QueueWatchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BUFFER = 65_536;

    private static TestRedis redis;
    private static TestService service;
    private static TestService other;

    @BeforeAll
    static void start() {
        redis = TestRedis.started();
        // It answers no ping either.
        service = TestService.start(redis, "realtime.engine.ping-interval=2m");
        other = TestService.start(redis);
    }

    @AfterAll
    static void stop() {
        other.close();
        service.close();
        redis.close();
    }

    @Test
    void whatWaitsIsToldInSteps() throws Exception {
        try (RawClient client = new RawClient(service.port(), BUFFER)) {
            client.send("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: door\r\n"
                    + "Authorization: Bearer " + TestService.jwt(17, "operator") + "\r\nConnection: Upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                    + "Sec-WebSocket-Version: 13\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(101);
            // The text 40, with a mask of zeros.
            client.send(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, '4', '0'}, 8);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(connection()).isNotNull());
            assertThat(connection().has("queue")).isFalse();

            post(20_000, 64_000);
            awaitTold();
            post(100_000, 1_100_000);
            awaitTold();
            assertThat(connection().get("queue").asLong()).isEqualTo(1_000_000);

            Thread.ofVirtual().start(() -> {
                try {
                    client.isClosedBehindAll();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(connection().has("queue")).isFalse());
        }
    }

    /** Posts events until so much waits for the client, beyond what its connection takes. */
    private static void post(int size, long bytes) {
        String body = "{\"token\":\"" + TestService.WEBHOOK_TOKEN + "\",\"order\":{\"id\":1,\"x\":\"" + "x".repeat(size)
                + "\"},\"rooms\":[\"user:17\"]}";
        await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE).until(() -> {
            if (waiting() >= bytes) {
                return true;
            }
            Answer answer = service.broadcast("order-new", body.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            return false;
        });
    }

    private static void awaitTold() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(connection().path("queue").asLong(0))
                        .isPositive()
                        .isEqualTo(SocketPresence.queueStep(waiting())));
    }

    private static long waiting() {
        return service.bean(EngineSessions.class).all().stream()
                .mapToLong(EngineSession::queuedBytes)
                .sum();
    }

    /** As the other instance's statistics have it; null when it has none. */
    private static JsonNode connection() {
        return other.get("/api/v1/stats/connections?user=17", "X-Webhook-Token", TestService.WEBHOOK_TOKEN)
                .json()
                .at("/data/connections")
                .get(0);
    }

    @Test
    void anEntryOfAnInstanceThatTellsNoQueueIsRead() {
        JsonMapper json = service.bean(JsonMapper.class);
        String entry = "{\"userId\":17,\"socketId\":\"a\",\"rooms\":[\"operators\"],\"instance\":\"i\","
                + "\"transport\":\"websocket\",\"address\":\"127.0.0.1\",\"protocol\":4,"
                + "\"connectedAt\":\"2026-11-25T09:30:00Z\"}";
        SocketPresence read = json.readValue(entry, SocketPresence.class);
        assertThat(read.queueOrZero()).isZero();
        assertThat(json.writeValueAsString(read)).isEqualTo(entry);
    }
}
