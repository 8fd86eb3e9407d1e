package dev.realtime.stream.binder.redis.support;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.springframework.util.FileSystemUtils;
import redis.embedded.RedisExecProvider;

/** A redis-server for one test, whose port survives kills and restarts. */
public final class RedisProcess implements AutoCloseable {

    /** System property with the path of a redis-server or valkey-server to test with. */
    private static final String NAMED = "redis.server";

    private static final File BINARY = binary();

    private static final int MAJOR = major();

    /** Where a node of a cluster has its bus, if nothing else is set. */
    private static final int BUS_OFFSET = 10_000;

    static {
        // Generous, since many tests start servers on machines with few cores.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    private final Path folder;
    private final int port;
    private final List<String> settings;
    private Process process;

    private RedisProcess(List<String> settings) {
        try {
            this.folder = Files.createTempDirectory("redis-binder-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.port = settings.contains("--cluster-enabled") ? freePortWithBus() : freePort();
        this.settings = settings;
    }

    /** A server that loses its data on a restart. */
    public static RedisProcess volatileServer() {
        return new RedisProcess(List.of("--save", "", "--appendonly", "no")).start();
    }

    /** A server that has every accepted write on disk. */
    public static RedisProcess durableServer() {
        return new RedisProcess(List.of("--save", "", "--appendonly", "yes", "--appendfsync", "always")).start();
    }

    /** A server with custom settings. */
    public static RedisProcess with(String... settings) {
        return with(List.of(settings));
    }

    public static RedisProcess with(List<String> first, String... more) {
        List<String> settings = new ArrayList<>(first);
        settings.addAll(List.of(more));
        return new RedisProcess(settings).start();
    }

    /** A Sentinel; each line of its configuration is one setting. */
    public static RedisProcess sentinel(String... lines) {
        RedisProcess sentinel = new RedisProcess(List.of("--sentinel"));
        try {
            Files.write(sentinel.configuration(), List.of(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sentinel.start();
    }

    private Path configuration() {
        return folder.resolve("conf");
    }

    /** A server that is not started yet. */
    public static RedisProcess notStarted() {
        return new RedisProcess(List.of("--save", "", "--appendonly", "no"));
    }

    /** The settings of a node of a Redis Cluster. */
    public static List<String> clusterSettings() {
        return List.of("--cluster-enabled", "yes", "--save", "");
    }

    /** A server that serves TLS too; skips the test if a program was named that was built without. */
    public static RedisProcess withTls(List<String> settings) {
        try {
            return with(settings);
        } catch (IllegalStateException ended) {
            // What Redis says of the setting, and Valkey of the port.
            String told = String.valueOf(ended.getMessage());
            boolean without = told.contains("tls-port") || told.contains("Failed finding TLS support");
            Assumptions.assumeFalse(without && System.getProperty(NAMED) != null, told);
            throw ended;
        }
    }

    /** A server that counts what was added, removed and read; skips the test before Redis 7, which does not count. */
    public static RedisProcess counting() {
        assumeCounting();
        return volatileServer();
    }

    /** Skips the test before Redis 7, which does not count what was added, removed and read. */
    public static void assumeCounting() {
        Assumptions.assumeTrue(MAJOR >= 7, "Redis 7 or newer");
    }

    private static int major() {
        try {
            Process asked = new ProcessBuilder(BINARY.getPath(), "--version").start();
            String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.replaceAll("(?s).*v=(\\d+).*", "$1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RedisProcess start() {
        List<String> command = new ArrayList<>(List.of(BINARY.getPath()));
        if (Files.exists(configuration())) {
            command.add(configuration().toString());
        }
        command.addAll(
                List.of("--port", "" + port, "--bind", "127.0.0.1", "--dir", folder.toString(), "--daemonize", "no"));
        command.addAll(settings);
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(20, SECONDS)
                .until(() -> !process.isAlive() || command("PING").startsWith("+PONG"));
        if (!process.isAlive()) {
            String log = log();
            close();
            throw new IllegalStateException("The server has ended: " + log);
        }
        return this;
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** The port at which other nodes of a cluster reach this one. */
    public int busPort() {
        return port + BUS_OFFSET;
    }

    /** Gives a node of a cluster slots, both bounds inclusive. */
    public void addSlots(int from, int to) {
        // A range can be named from Redis 7 on, and a line may have 64 KB.
        for (int first = from; first <= to; first += 4096) {
            IntStream slots = IntStream.rangeClosed(first, Math.min(to, first + 4095));
            String answer = command(
                    "CLUSTER", "ADDSLOTS", slots.mapToObj(Integer::toString).collect(joining(" ")));
            if (!answer.startsWith("+OK")) {
                throw new IllegalStateException("ADDSLOTS: " + answer);
            }
        }
    }

    /** Kills the server, like a power cut. */
    public void kill() {
        process.destroyForcibly();
        waitForEnd();
    }

    /** Stops answering without closing connections, like a hung machine. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    /** Sends one command, whose words must not contain blanks, and returns the raw answer. */
    public String command(String... words) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((String.join(" ", words) + "\r\n").getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            copyAnswer(new BufferedInputStream(socket.getInputStream()), answer);
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** Copies one answer, which may arrive in parts, to its end. */
    private static void copyAnswer(InputStream from, ByteArrayOutputStream to) throws IOException {
        StringBuilder head = new StringBuilder();
        int last = 0;
        for (int next = from.read(); next >= 0; next = from.read()) {
            to.write(next);
            head.append((char) next);
            if (last == '\r' && next == '\n') {
                break;
            }
            last = next;
        }
        String line = head.toString().strip();
        if (line.startsWith("$") && !line.equals("$-1")) {
            to.write(from.readNBytes(Integer.parseInt(line.substring(1)) + 2));
        } else if (line.startsWith("*")) {
            for (int left = Integer.parseInt(line.substring(1)); left > 0; left--) {
                copyAnswer(from, to);
            }
        }
    }

    /** The payloads of all entries, in order. */
    public List<String> payloads(String stream) {
        try (RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", port));
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return connection.sync().xrange(stream, Range.unbounded()).stream()
                    .map(entry -> entry.getBody().get("payload"))
                    .toList();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
        FileSystemUtils.deleteRecursively(folder.toFile());
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void waitForEnd() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public static int freePort() {
        return listen(0);
    }

    private static int freePortWithBus() {
        int port = freePort();
        while (port + BUS_OFFSET > 65_535 || !isFree(port + BUS_OFFSET)) {
            port = freePort();
        }
        return port;
    }

    private static boolean isFree(int port) {
        try {
            return listen(port) == port;
        } catch (UncheckedIOException taken) {
            return false;
        }
    }

    private static int listen(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The named program, or else the one from the embedded artifact. */
    private static File binary() {
        String named = System.getProperty(NAMED);
        if (named != null) {
            return new File(named);
        }
        try {
            return RedisExecProvider.defaultProvider().get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
