package dev.realtime.service.backplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.StreamHeaders;
import dev.realtime.service.RealtimeServiceApplication;
import dev.realtime.service.TestSocket;
import io.jsonwebtoken.Jwts;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.support.MessageBuilder;
import redis.embedded.RedisServer;

/** Another Spring service publishes by the binder and the contracts alone, and clients of the gateway receive it. */
class PublishThroughTheBindingTest {

    private static final String SECRET = "a-secret-of-this-test-0123456789abcdef";

    private static RedisServer redis;
    private static int port;
    private static ConfigurableApplicationContext gateway;
    private static ConfigurableApplicationContext ordersService;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class OrdersService {}

    @BeforeAll
    static void start() throws IOException {
        int redisPort = freePort();
        redis = RedisServer.builder()
                .port(redisPort)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .build();
        redis.start();
        port = freePort();
        gateway = new SpringApplicationBuilder(RealtimeServiceApplication.class)
                .run(
                        "--realtime.port=" + port,
                        "--realtime.bind-address=127.0.0.1",
                        "--realtime.identity.jwt-secret=" + SECRET,
                        "--realtime.webhook.token=a-webhook-token-of-this-test",
                        "--spring.data.redis.host=127.0.0.1",
                        "--spring.data.redis.port=" + redisPort);
        // What docs/services.md says: nothing but the binder, the destination, and the contracts' headers.
        ordersService = new SpringApplicationBuilder(OrdersService.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.config.location=optional:classpath:/none/",
                        "--spring.data.redis.host=127.0.0.1",
                        "--spring.data.redis.port=" + redisPort,
                        "--spring.cloud.stream.bindings.realtime.destination=" + StreamHeaders.EVENTS_DESTINATION);
    }

    @AfterAll
    static void stop() throws IOException {
        ordersService.close();
        gateway.close();
        redis.stop();
    }

    @Test
    void reachesTheRoomsItNames() {
        try (TestSocket operator = TestSocket.connect(port, token("operator"))) {
            operator.await("42[\"connected\"");
            publish(
                    BroadcastEvent.ORDER_NEW,
                    "{\"id\":7,\"clientName\":\"Иван\",\"sum\":10.50}",
                    Map.of(StreamHeaders.ROOMS, List.of(Room.OPERATORS.toString(), "city:Саратов")));

            assertThat(operator.await("42[\"order:new\""))
                    .matches(
                            "42\\[\"order:new\",\\{\"id\":7,\"clientName\":\"Иван\",\"sum\":10.50},\"[0-9a-z]{6}-\\d+-\\d+\"]");
        }
    }

    @Test
    void reachesTheDefaultRoomsWhenItNamesNone() {
        try (TestSocket operator = TestSocket.connect(port, token("operator"))) {
            operator.await("42[\"connected\"");
            publish(BroadcastEvent.NOTIFICATION, "{\"message\":\"Обед\"}", Map.of());

            assertThat(operator.await("42[\"notification\"")).contains("\"message\":\"Обед\"", "\"timestamp\":\"20");
        }
    }

    @Test
    void passesOverWhatIsNoEvent() {
        try (TestSocket operator = TestSocket.connect(port, token("operator"))) {
            operator.await("42[\"connected\"");
            publish(BroadcastEvent.CALL_NEW, "{\"id\":1,\"broken\":", Map.of());
            publish(BroadcastEvent.CALL_NEW, "{\"phoneClient\":\"no id\"}", Map.of());
            publish(BroadcastEvent.CALL_NEW, "{\"id\":2}", Map.of(StreamHeaders.ROOMS, List.of("nobody:1")));
            publish(BroadcastEvent.CALL_NEW, "{\"id\":3}", Map.of());

            assertThat(operator.await("42[\"call:new\"")).startsWith("42[\"call:new\",{\"id\":3},");
        }
    }

    private static void publish(BroadcastEvent event, String payload, Map<String, ?> headers) {
        boolean sent = ordersService
                .getBean(StreamBridge.class)
                .send(
                        "realtime",
                        MessageBuilder.withPayload(payload.getBytes(StandardCharsets.UTF_8))
                                .setHeader(StreamHeaders.EVENT, event.wireName())
                                .copyHeaders(headers)
                                .build());
        assertThat(sent).isTrue();
    }

    private static String token(String role) {
        return Jwts.builder()
                .subject("17")
                .claim("role", role)
                .signWith(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"), Jwts.SIG.HS256)
                .compact();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
