package dev.realtime.socketio.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The {@link Subject} while a test class runs, and HTTP to talk to it. */
final class Gateway implements BeforeAllCallback, AfterAllCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Wanted wanted;
    private HttpClient http;
    private Subject.Running server;

    private Gateway(Wanted wanted) {
        this.wanted = wanted;
    }

    /** Engine.IO alone, which says every message back. */
    static Gateway engine(UnaryOperator<Wanted> changes) {
        return new Gateway(changes.apply(Wanted.calm(true)));
    }

    /** Engine.IO alone, with the usual settings. */
    static Gateway engine() {
        return engine(wanted -> wanted);
    }

    /** Socket.IO with the namespaces of {@link Echoes}. */
    static Gateway sockets() {
        return new Gateway(Wanted.calm(false));
    }

    @Override
    public void beforeAll(ExtensionContext testClass) {
        server = ServiceLoader.load(Subject.class)
                .findFirst()
                .orElseGet(Standalone::new)
                .start(wanted);
        // Without its offer of HTTP/2, which is an Upgrade header.
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @Override
    public void afterAll(ExtensionContext testClass) {
        http.shutdownNow();
        server.close();
    }

    /** How often something has happened; see {@link Subject.Running#count}. */
    long count(Enum<?> what) {
        return server.count(what);
    }

    int port() {
        return server.port();
    }

    String path() {
        return wanted.engineOnly() ? "/engine.io/" : "/socket.io/";
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
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path() + "?" + query))
                .timeout(PATIENCE);
    }
}
