package dev.realtime.demo;

import dev.realtime.contracts.Room;
import io.jsonwebtoken.Jwts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.json.JSONArray;
import org.json.JSONObject;

/** Sends a notification to a city through the admin API about once a minute, so that the audit has entries too. */
final class HeadOfShift implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration TOKEN = Duration.ofMinutes(1);
    private static final int FIRST_AFTER = 8;
    private static final int LEAST_GAP = 40;
    private static final int MORE_GAP = 40;

    private record Word(String severity, String message, String reason) {}

    private static final List<Word> WORDS = List.of(
            new Word(
                    "warning", "Авария на водопроводе: заявки принимаем, выезд после 18:00", "Звонок из диспетчерской"),
            new Word("info", "Мастера снова выезжают без задержек", "Сообщил старший мастер"),
            new Word("error", "Не назначайте мастеров на правый берег: мост закрыт", "Оповещение МЧС"),
            new Word("success", "План смены выполнен, спасибо!", "Итог смены"));

    private final List<URI> urls;
    private final SecretKey key;
    private final RandomGenerator random;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Thread thread;

    /** @param secret the service's {@code ADMIN_API_SECRET} */
    HeadOfShift(List<URI> urls, String secret, RandomGenerator random) {
        this.urls = urls;
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        this.random = random;
        this.thread = Thread.ofVirtual().name("head-of-shift").unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    private void work() {
        try {
            Thread.sleep(Duration.ofSeconds(FIRST_AFTER));
            while (true) {
                say();
                Thread.sleep(Duration.ofSeconds(LEAST_GAP + random.nextInt(MORE_GAP)));
            }
        } catch (InterruptedException e) {
            // close() interrupts the thread.
        }
    }

    private void say() throws InterruptedException {
        Word word = Names.pick(WORDS, random);
        JSONObject body = new JSONObject()
                .put(
                        "to",
                        new JSONObject()
                                .put(
                                        "rooms",
                                        new JSONArray()
                                                .put(Room.city(Names.pick(Names.CITIES, random))
                                                        .toString())))
                .put(
                        "notification",
                        new JSONObject()
                                .put("type", "shift")
                                .put("severity", word.severity)
                                .put("message", word.message))
                .put("reason", word.reason);
        HttpRequest request = HttpRequest.newBuilder(Names.pick(urls, random).resolve("/api/v1/admin/notifications"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token())
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        try {
            http.send(request, BodyHandlers.discarding());
        } catch (IOException e) {
            // The call centre's own posts report an unavailable service.
        }
    }

    private String token() {
        return Jwts.builder()
                .audience()
                .add("admin-api")
                .and()
                .subject("head-of-shift")
                .claim("role", "operator-admin")
                .expiration(Date.from(Instant.now().plus(TOKEN)))
                .signWith(key, Jwts.SIG.HS256)
                .compact();
    }

    @Override
    public void close() {
        thread.interrupt();
        http.shutdownNow();
    }
}
