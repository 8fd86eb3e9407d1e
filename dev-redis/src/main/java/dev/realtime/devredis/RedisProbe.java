package dev.realtime.devredis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a Redis on loopback by a few RESP 2 commands. It does without a Redis client: the service's own does not
 * exist yet at this point, and the {@code redis} command has none.
 */
final class RedisProbe implements AutoCloseable {

    private static final int LONGEST_ANSWER = 1 << 20;

    private final Socket socket;
    private final InputStream answers;

    private RedisProbe(Socket socket) throws IOException {
        this.socket = socket;
        this.answers = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * What a Redis reports about itself.
     *
     * @param pid its process id
     * @param loading whether it is still loading its data and refuses ordinary commands
     * @param folder its working directory
     * @param program its version and path, for people
     */
    record Answer(long pid, boolean loading, Path folder, String program) {}

    /** Connects and authenticates; fails if the port belongs to another Redis or to another program. */
    static RedisProbe connect(int port, String password, Duration timeout) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) timeout.toMillis());
            socket.setSoTimeout((int) timeout.toMillis());
            var probe = new RedisProbe(socket);
            probe.ask("AUTH", password);
            return probe;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** The answer of the Redis on this port, or null if none accepts the password in time. */
    static @Nullable Answer ask(int port, String password, Duration timeout) {
        try (RedisProbe probe = connect(port, password, timeout)) {
            String info = probe.ask("INFO");
            return new Answer(
                    Long.parseLong(field(info, "process_id")),
                    field(info, "loading").equals("1"),
                    Path.of(probe.ask("CONFIG", "GET", "dir").split("\n", 2)[1]),
                    "Redis " + field(info, "redis_version") + ", " + field(info, "executable"));
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** Makes the server write its data and end. It answers by closing the connection. */
    void shutdown() throws IOException {
        send("SHUTDOWN");
        while (answers.read() >= 0) {
            // Skipped: only the end of the stream matters.
        }
    }

    private static String field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    private String ask(String... command) throws IOException {
        send(command);
        return Objects.requireNonNullElse(read(), "");
    }

    private void send(String... command) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("*" + command.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (String word : command) {
            byte[] encoded = word.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(("$" + encoded.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(encoded);
            bytes.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        socket.getOutputStream().write(bytes.toByteArray());
    }

    /** Reads one answer; the elements of an array are joined by line feeds. */
    private @Nullable String read() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+', ':' -> rest;
            case '$' -> bulk(length(rest));
            case '*' -> {
                var elements = new StringBuilder();
                for (int i = length(rest); i > 0; i--) {
                    elements.append(read()).append(i > 1 ? "\n" : "");
                }
                yield elements.toString();
            }
            default -> throw new IOException("Redis refused: " + rest);
        };
    }

    private static int length(String digits) throws IOException {
        try {
            int length = Integer.parseInt(digits);
            if (length <= LONGEST_ANSWER) {
                return length;
            }
        } catch (NumberFormatException e) {
            // Reported below: the other end is not a Redis.
        }
        throw new IOException("the answer is not that of a Redis server");
    }

    private @Nullable String bulk(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = answers.readNBytes(length + 2);
        if (bytes.length < length + 2) {
            throw new EOFException();
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        int next = answers.read();
        while (next >= 0 && next != '\n' && line.size() < LONGEST_ANSWER) {
            line.write(next);
            next = answers.read();
        }
        String text = line.toString(StandardCharsets.UTF_8).strip();
        if (next < 0 || text.isEmpty()) {
            throw new EOFException();
        }
        return text;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
