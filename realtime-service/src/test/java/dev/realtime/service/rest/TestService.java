package dev.realtime.service.rest;

import dev.realtime.service.RealtimeServiceApplication;
import dev.realtime.service.fanout.RoomIndex;
import dev.realtime.service.gateway.frontdoor.FrontDoorServer;
import io.jsonwebtoken.Jwts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service with a real Redis, on a free loopback port, and how to talk to it. */
public final class TestService implements AutoCloseable {

    public static final String WEBHOOK_TOKEN = "the-webhook-token-of-the-tests";

    public static final String JWT_SECRET = "the-secret-of-the-tests-0123456789-0123456789";
    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private TestService(int redis, @Nullable Clock machine, String... properties) {
        List<String> arguments = new ArrayList<>(List.of(
                "--realtime.port=0",
                "--realtime.bind-address=127.0.0.1",
                "--realtime.webhook.token=" + WEBHOOK_TOKEN,
                "--realtime.identity.jwt-secret=" + JWT_SECRET,
                "--spring.data.redis.host=127.0.0.1",
                "--spring.data.redis.port=" + redis));
        for (String property : properties) {
            arguments.add("--" + property);
        }
        if (arguments.stream().noneMatch(given -> given.startsWith("--realtime.drain."))) {
            // Tests end one of several services and wait for it.
            arguments.add("--realtime.drain.time=0s");
        }
        if (arguments.stream().noneMatch(given -> given.startsWith("--realtime.board.unanswered-"))) {
            // Tests post calls that nobody answers, and others that run 20 s later do not expect to hear of them.
            arguments.add("--realtime.board.unanswered-after=0s");
        }
        SpringApplication application = RealtimeServiceApplication.application();
        application.addInitializers(
                fresh -> fresh.getBeanFactory().registerSingleton("onlyTheServicesOwnClasses", new NoTestClasses()));
        if (machine != null) {
            application.addInitializers(fresh -> fresh.getBeanFactory().registerSingleton("machineClock", machine));
        }
        context = application.run(arguments.toArray(String[]::new));
    }

    /** The configurations of other tests are on the class path, in the same packages. */
    private static final class NoTestClasses extends TypeExcludeFilter {

        @Override
        public boolean match(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
            return reader.getResource().getURI().toString().contains("/test-classes/");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof NoTestClasses;
        }

        @Override
        public int hashCode() {
            return NoTestClasses.class.hashCode();
        }
    }

    public static TestService start(TestRedis redis, String... properties) {
        return over(redis.port(), properties);
    }

    /** One over a Redis on this loopback port, or over what the properties name. */
    public static TestService over(int redisPort, String... properties) {
        return new TestService(redisPort, null, properties);
    }

    /** One on a machine with this clock, as far as instances agree on the time. */
    public static TestService startAt(Clock machine, TestRedis redis, String... properties) {
        return new TestService(redis.port(), machine, properties);
    }

    /** One service for all tests that leave it as it was; it ends with the JVM. */
    public static TestService shared() {
        return Shared.SERVICE;
    }

    /** The origin that the shared service lets in. */
    public static final String ALLOWED_ORIGIN = "https://office.example";

    private static final class Shared {

        static final TestService SERVICE = create();

        private static TestService create() {
            TestRedis redis = TestRedis.started();
            TestService service = start(redis, "realtime.cors.origins=" + ALLOWED_ORIGIN);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                service.close();
                redis.close();
            }));
            return service;
        }
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    public RoomIndex rooms() {
        return bean(RoomIndex.class);
    }

    public int port() {
        return bean(FrontDoorServer.class).port();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** An answer with its body as bytes, text and JSON. */
    public record Answer(HttpResponse<byte[]> response) {

        public int status() {
            return response.statusCode();
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        @Override
        public String toString() {
            return status() + " " + text();
        }
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /** Posts an event's body, as JSON by its header unless another media type is given. */
    public Answer broadcast(String event, String body, String... headers) {
        return broadcast(event, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public Answer broadcast(String event, byte[] body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        if (all.stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        return send("POST", "/api/v1/broadcast/" + event, body, all.toArray(String[]::new));
    }

    public Answer send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return new Answer(http.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A person's token, good for an hour. */
    public static String jwt(Object userId, String role) {
        return jwt(userId, role, Instant.now().plusSeconds(3600), JWT_SECRET);
    }

    public static String jwt(Object userId, String role, Instant expires, String secret) {
        return Jwts.builder()
                .claim("userId", userId)
                .claim("role", role)
                .expiration(Date.from(expires))
                .signWith(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"), Jwts.SIG.HS256)
                .compact();
    }

    @Override
    public void close() {
        // It answers while it drains.
        context.close();
        http.shutdownNow();
    }
}
