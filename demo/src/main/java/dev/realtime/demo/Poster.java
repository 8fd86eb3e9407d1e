package dev.realtime.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Posts events as a service does: to each instance in turn, and to the next one if an instance is unavailable. */
final class Poster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<URI> urls;
    private final String webhookToken;
    private final Journal journal;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private int next;

    Poster(List<URI> urls, String webhookToken, Journal journal) {
        this.urls = urls;
        this.webhookToken = webhookToken;
        this.journal = journal;
    }

    /** Null if an instance accepted the event, otherwise the reason for the log. */
    @Nullable
    String post(Posting posting) throws InterruptedException {
        String problem = "there is no address";
        for (int i = 0; i < urls.size(); i++) {
            problem = post(posting, urls.get(next++ % urls.size()));
            if (problem == null) {
                return null;
            }
        }
        return problem;
    }

    private @Nullable String post(Posting posting, URI url) throws InterruptedException {
        String path = posting.event().path().orElseThrow();
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/api/v1/broadcast/" + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("X-Webhook-Token", webhookToken)
                .POST(BodyPublishers.ofString(posting.body().toString()))
                .build();
        int status;
        try {
            HttpResponse<Void> response = http.send(request, BodyHandlers.discarding());
            status = response.statusCode();
        } catch (IOException e) {
            return "it does not answer";
        }
        if (status == 401) {
            return "it refuses the webhook token";
        }
        if (status == 429 || status >= 500) {
            return "it answers " + status;
        }
        if (status != 200) {
            // A fault of the demo: sending the event again would not help.
            journal.sayOnce("The service answers " + status + " to " + path + ".");
        }
        return null;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
