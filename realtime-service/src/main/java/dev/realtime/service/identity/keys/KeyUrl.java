package dev.realtime.service.identity.keys;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** The URL of a JWK Set. It must not follow redirects, which would let another host decide whose tokens are valid. */
record KeyUrl(URI uri) implements KeyLocation {

    /** The limit for connecting, asking and reading the answer together. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(3);

    @Override
    public KeyDocument read() throws KeysUnreadableException {
        // Requests are rare, and a client per request leaves no connection and no thread behind.
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        try {
            return document(answer(client));
        } finally {
            client.shutdownNow();
        }
    }

    private HttpResponse<byte[]> answer(HttpClient client) throws KeysUnreadableException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Accept", "application/jwk-set+json, application/json")
                .build();
        // A request's own time-out ends with the answer's headers, and the body could trickle for ever.
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), KeyDocument.MAX_BYTES));
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw KeysUnreadableException.outage(
                    "there was no complete response within " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw KeysUnreadableException.outage("reading it was interrupted");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw failure(cause == null ? e : cause);
        }
    }

    private static KeysUnreadableException failure(Throwable cause) {
        if (cause instanceof SSLException) {
            return KeysUnreadableException.wrong(
                    "its TLS certificate or protocol is not accepted: " + cause.getMessage());
        }
        // The limiting body handler has no exception of its own.
        if (cause instanceof IOException && String.valueOf(cause.getMessage()).contains("body exceeds capacity")) {
            return KeyDocument.tooLarge();
        }
        return KeysUnreadableException.outage("the request failed with "
                + cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage()));
    }

    private static KeyDocument document(HttpResponse<byte[]> answer) throws KeysUnreadableException {
        int status = answer.statusCode();
        if (status == 200) {
            return KeyDocument.parse(answer.body());
        }
        String reason = "the response has status " + status;
        if (status >= 500 || status == 429) {
            throw KeysUnreadableException.outage(reason);
        }
        throw KeysUnreadableException.wrong(
                status >= 300 && status < 400 ? reason + ", and redirects are not followed" : reason);
    }

    /** Omits the query, which may carry a secret. */
    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
