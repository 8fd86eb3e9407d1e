package dev.realtime.console.api;

import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests to whichever instance answers. What only reads is asked of the next one when an instance fails; what changes
 * something goes to the next one only when it surely did not reach the first.
 */
@Component
final class ServiceCalls {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(6);
    private static final int SERVER_ERROR = 500;
    private static final int CLIENT_ERROR = 400;

    private final List<URI> instances;
    private final AdminTokens tokens;
    private final JsonMapper json;
    private final AtomicInteger current = new AtomicInteger();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    ServiceCalls(ApiProperties properties, AdminTokens tokens, JsonMapper json) {
        this.instances = properties.serviceUrls();
        this.tokens = tokens;
        this.json = json;
    }

    /**
     * @param target path and query
     * @throws ServiceAwayException when no instance answers
     * @throws RefusedException when the service refuses
     */
    <T> T get(@Nullable ConsoleUser user, String target, TypeReference<T> type) {
        return call("GET", user, target, null, type);
    }

    /** As {@link #get}, with a body. */
    <T> T post(ConsoleUser user, String target, Object body, TypeReference<T> type) {
        return call("POST", user, target, json.writeValueAsBytes(body), type);
    }

    private <T> T call(
            String method, @Nullable ConsoleUser user, String target, byte @Nullable [] body, TypeReference<T> type) {
        IOException last = null;
        int first = current.get();
        for (int i = 0; i < instances.size(); i++) {
            int chosen = Math.floorMod(first + i, instances.size());
            try {
                HttpResponse<byte[]> response = http.send(
                        request(method, instances.get(chosen), user, target, body), BodyHandlers.ofByteArray());
                if (i > 0) {
                    current.set(chosen);
                }
                return answer(response, type);
            } catch (IOException e) {
                last = e;
                if (body != null && !neverArrived(e)) {
                    break;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ServiceAwayException("The console is stopping.", e);
            }
        }
        throw new ServiceAwayException("No instance of the service answers.", last);
    }

    private static boolean neverArrived(IOException e) {
        return e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
    }

    private HttpRequest request(
            String method, URI instance, @Nullable ConsoleUser user, String target, byte @Nullable [] body) {
        var request = HttpRequest.newBuilder(URI.create(withoutSlash(instance.toString()) + target))
                .timeout(ANSWER)
                .header("Accept", "application/json");
        if (user != null) {
            request.header("Authorization", "Bearer " + tokens.of(user));
        }
        if (body == null) {
            return request.method(method, BodyPublishers.noBody()).build();
        }
        return request.header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(body))
                .build();
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private <T> T answer(HttpResponse<byte[]> response, TypeReference<T> type) {
        try {
            if (response.statusCode() < CLIENT_ERROR) {
                return json.readValue(response.body(), type);
            }
            if (isProblem(response)) {
                throw new RefusedException(json.readValue(response.body(), Problem.class));
            }
        } catch (JacksonException e) {
            throw new ServiceAwayException("What answered does not speak as the service does.", e);
        }
        throw new ServiceAwayException(
                response.statusCode() >= SERVER_ERROR
                        ? "The service answers with the status " + response.statusCode() + "."
                        : "What answered is not the service: status " + response.statusCode() + ".",
                null);
    }

    private static boolean isProblem(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith(Problem.MEDIA_TYPE))
                .isPresent();
    }
}
