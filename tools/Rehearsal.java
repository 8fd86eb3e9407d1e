import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A working day in seconds, for a service whose AOT cache is being made: tabs connect, authenticate, join a room and
 * receive calls, some by polling first as stock clients do. The next start uses what the JVM learns here: which methods
 * matter and how they are used.
 *
 * <p>{@code java Rehearsal.java <port> <the service's data folder> <seconds>}
 */
final class Rehearsal {

    private static final int AT_ONCE = 16;
    /** Tabs that stay connected and receive the calls. */
    private static final int AUDIENCE = 100;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String at;
    private final String webhookToken;
    private final SecretKeySpec secret;
    private final AtomicInteger users = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private volatile Exception failure;

    private Rehearsal(int port, Path data) throws IOException {
        at = "127.0.0.1:" + port;
        webhookToken = Files.readString(data.resolve("webhook-token")).strip();
        secret = new SecretKeySpec(
                Files.readString(data.resolve("jwt-secret")).strip().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    public static void main(String[] arguments) throws Exception {
        long nanos = TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[2]));
        Rehearsal rehearsal = new Rehearsal(Integer.parseInt(arguments[0]), Path.of(arguments[1]));
        rehearsal.perform(nanos);
    }

    private void perform(long nanos) {
        List<Tab> audience = new ArrayList<>();
        for (int i = 0; i < AUDIENCE; i++) {
            attempt(() -> audience.add(new Tab()));
        }
        int[] times = new int[3];
        long half = System.nanoTime() + nanos / 2;
        times[0] = repeat(half, () -> new Tab().leave());
        times[1] = repeat(half + nanos / 8, this::poll);
        times[2] = repeat(half + nanos / 2, this::call);
        audience.forEach(tab -> attempt(tab::leave));
        int tried = done.get() + failed.get();
        if (failed.get() > 0) {
            System.out.printf("%d of %d failed, the last one with %s%n", failed.get(), tried, failure);
        }
        if (failed.get() > tried / 10) {
            System.exit(1);
        }
        System.out.printf("%d tabs came and went, %d polled, %d calls were told%n", times[0], times[1], times[2]);
        System.exit(0);
    }

    private interface Step {
        void run() throws Exception;
    }

    /** Repeats the step, several at a time, until the deadline. */
    private int repeat(long until, Step step) {
        int before = done.get();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                all.execute(() -> {
                    while (System.nanoTime() < until) {
                        attempt(step);
                    }
                });
            }
        }
        return done.get() - before;
    }

    /** Runs the step. This is not a test: an occasional failure on a busy machine does no harm. */
    private void attempt(Step step) {
        try {
            step.run();
            done.incrementAndGet();
        } catch (Exception e) {
            failed.incrementAndGet();
            failure = e;
        }
    }

    /** A browser tab on a WebSocket, connected and in its rooms. */
    private final class Tab implements WebSocket.Listener {

        private final LinkedBlockingQueue<String> packets = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private final WebSocket socket;

        Tab() throws Exception {
            socket = http.newWebSocketBuilder()
                    .header("Origin", "http://" + at)
                    .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)")
                    .buildAsync(URI.create("ws://" + at + "/socket.io/?EIO=4&transport=websocket"), this)
                    .get(10, TimeUnit.SECONDS);
            int user = users.incrementAndGet();
            await("0");
            send("40{\"token\":\"" + token(user) + "\"}");
            await("42[\"connected\"");
            send("420[\"join-room\",{\"room\":\"order:" + user % 1000 + "\"}]");
            await("430");
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                packets.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void send(String packet) throws Exception {
            socket.sendText(packet, true).get(10, TimeUnit.SECONDS);
        }

        private void await(String beginning) throws Exception {
            String packet;
            do {
                packet = packets.poll(10, TimeUnit.SECONDS);
                if (packet == null) {
                    throw new IOException("No packet that begins with " + beginning + " came");
                }
            } while (!packet.startsWith(beginning));
        }

        void leave() throws Exception {
            send("41");
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
        }
    }

    /** A tab that begins by polling, as stock clients do, and disconnects before it upgrades. */
    private void poll() throws Exception {
        String path = "http://" + at + "/socket.io/?EIO=4&transport=polling";
        String open = ok(HttpRequest.newBuilder(URI.create(path)).GET());
        String id = open.split("\"sid\":\"")[1].split("\"")[0];
        URI session = URI.create(path + "&sid=" + id);
        ok(HttpRequest.newBuilder(session)
                .POST(BodyPublishers.ofString("40{\"token\":\"" + token(users.incrementAndGet()) + "\"}")));
        for (String told = ""; !told.contains("\"connected\""); ) {
            told = ok(HttpRequest.newBuilder(session).GET());
        }
        ok(HttpRequest.newBuilder(session).POST(BodyPublishers.ofString("41\u001e1")));
    }

    private void call() throws Exception {
        int id = users.incrementAndGet();
        String room = id % 8 == 0 ? "operators" : "order:" + id % 1000;
        ok(HttpRequest.newBuilder(URI.create("http://" + at + "/api/v1/broadcast/call-new"))
                .header("X-Webhook-Token", webhookToken)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"call\":{\"id\":%d,\"phoneClient\":\"+79990000000\",\"clientName\":\"Анна\",\"operatorId\":1,\"status\":\"new\"},\"rooms\":[\"%s\"]}"
                                .formatted(id, room))));
    }

    private String ok(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(response.request().uri().getPath() + " was answered by " + response.statusCode() + " "
                    + response.body());
        }
        return response.body();
    }

    private String token(int user) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String signed = BASE64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8))
                + "."
                + BASE64.encodeToString(
                        "{\"sub\":\"%d\",\"userId\":%d,\"role\":\"operator\",\"name\":\"Оператор %d\",\"login\":\"op%d\",\"cities\":[\"Саратов\"],\"iat\":%d,\"exp\":%d}"
                                .formatted(user, user, user, user, now, now + 3600)
                                .getBytes(StandardCharsets.UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(secret);
        return signed + "." + BASE64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }
}
