package dev.realtime.service.gateway.conformance;

import dev.realtime.service.gateway.ConformanceServer;
import dev.realtime.service.gateway.frontdoor.FrontDoorServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A bare gateway on a free loopback port while a test class runs, and HTTP to talk to it. */
final class Gateway implements BeforeAllCallback, AfterAllCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String path;
    private final List<String> arguments;
    private HttpClient http;
    private ConfigurableApplicationContext context;
    private int port;

    private Gateway(String path, List<String> arguments) {
        this.path = path;
        this.arguments = arguments;
    }

    /** Engine.IO alone, which says every message back. */
    static Gateway engine(String... properties) {
        return new Gateway("/engine.io/", arguments(List.of("--engine"), properties));
    }

    /** Socket.IO with the namespaces of {@link ConformanceServer}. */
    static Gateway sockets(String... properties) {
        return new Gateway("/socket.io/", arguments(List.of(), properties));
    }

    /** Heartbeats that no test is slow enough to meet, unless it asks for others. */
    private static List<String> arguments(List<String> first, String... properties) {
        List<String> arguments = new ArrayList<>(first);
        for (String property : properties) {
            arguments.add("--" + property);
        }
        for (String calm : List.of("engine.ping-interval", "engine.ping-timeout", "socket.admission-timeout")) {
            if (arguments.stream().noneMatch(given -> given.startsWith("--realtime." + calm))) {
                arguments.add("--realtime." + calm + "=60s");
            }
        }
        arguments.add("--realtime.port=0");
        return arguments;
    }

    @Override
    public void beforeAll(ExtensionContext testClass) {
        context = ConformanceServer.start(arguments.toArray(String[]::new));
        port = context.getBean(FrontDoorServer.class).port();
        // Without its offer of HTTP/2, which is an Upgrade header.
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @Override
    public void afterAll(ExtensionContext testClass) {
        http.shutdownNow();
        context.close();
    }

    /** How often something has been counted. */
    double counted(String name, String key, String value) {
        return context.getBean(MeterRegistry.class).counter(name, key, value).count();
    }

    int port() {
        return port;
    }

    String path() {
        return path;
    }

    HttpClient http() {
        return http;
    }

    /** What came back. */
    record Answer(int status, byte[] bytes, String contentType) {

        String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        private static Answer of(HttpResponse<byte[]> response) {
            return new Answer(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("Content-Type").orElse(""));
        }
    }

    Answer get(String query) throws Exception {
        return getAsync(query).join();
    }

    CompletableFuture<Answer> getAsync(String query) {
        return http.sendAsync(request(query).GET().build(), BodyHandlers.ofByteArray())
                .thenApply(Answer::of);
    }

    Answer send(String method, String query, byte[] body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(query).method(method, BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return Answer.of(http.send(request.build(), BodyHandlers.ofByteArray()));
    }

    private HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path + "?" + query))
                .timeout(PATIENCE);
    }
}
